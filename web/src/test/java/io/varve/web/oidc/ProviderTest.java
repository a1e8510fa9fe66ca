package io.varve.web.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.TestVarve;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProviderTest {

  private static final String ISSUER = "https://login.example.invalid/realms/acme";
  private static final String SECRET = "the secret of the client";

  @AutoClose static final TestVarve varve = TestVarve.start();

  private static Newcomer newcomer;
  private static Newcomer.Customer acme;

  @BeforeAll
  static void aCustomer() {
    newcomer = new Newcomer(varve.api());
    acme = newcomer.customer("acme");
  }

  @Test
  void aProviderIsRegisteredWhetherOrNotItCanBeReached() {
    Answer written = register(acme.admin(), "/api", "Reach");
    Answer shown = read(acme.admin(), "/api/providers/" + written.id(), written);
    assertThat(shown.json().path("name").asString()).isEqualTo("Reach");
    assertThat(shown.json().path("hasCredential").asBoolean()).isTrue();
    assertThat(shown.json().path("trustedForSecondFactor").asBoolean()).isFalse();
    assertThat(shown.json().path("signInPath").asString())
        .isEqualTo("/api/auth/oidc/" + acme.tenant() + "/" + written.id());
    assertThat(shown.json().path("callbackPath").asString()).isEqualTo("/api/auth/oidc/callback");
    Answer checked = acme.admin().post("/api/providers/" + written.id() + "/check").is(200);
    assertThat(checked.json().path("usable").asBoolean()).isFalse();
    assertThat(checked.json().path("problem").asString())
        .isEqualTo("The issuer's host has no public address.");
  }

  @Test
  void aProviderWithinOurOwnNetworkIsNotAsked() {
    for (String inside :
        new String[] {
          "http://localhost:" + varve.port(), "https://127.0.0.1", "https://10.0.0.1"
        }) {
      Map<String, Object> fields = Map.of("name", inside, "issuer", inside, "clientId", "varve");
      String id = acme.admin().post("/api/providers", fields).is(201).id();
      Answer checked = acme.admin().post("/api/providers/" + id + "/check").is(200);
      assertThat(checked.json().path("usable").asBoolean()).isFalse();
    }
  }

  @Test
  void itsSecretIsSeenNowhereAgain() {
    Answer written = register(acme.admin(), "/api", "Secret");
    String path = "/api/providers/" + written.id();
    assertThat(read(acme.admin(), path, written).response().body()).doesNotContain(SECRET);
    assertThat(
            varve.sql(
                "select count(*) from ledger.event where payload::text like '%" + SECRET + "%'"))
        .isEqualTo("0");
    Answer removed = acme.admin().put(path + "/credential", "*", Map.of()).is(200);
    assertThat(read(acme.admin(), path, removed).json().path("hasCredential").asBoolean())
        .isFalse();
  }

  @Test
  void aProviderIsRevisedDisabledAndEnabled() {
    Answer written = register(acme.admin(), "/api", "Old");
    String path = "/api/providers/" + written.id();
    Map<String, Object> fields =
        Map.of(
            "name", "New", "issuer", ISSUER, "clientId", "varve", "trustedForSecondFactor", true);
    acme.admin().put(path, written.etag(), fields).is(200);
    Answer disabled = acme.admin().post(path + "/disable").is(200);
    var shown = read(acme.admin(), path, disabled).json();
    assertThat(shown.path("name").asString()).isEqualTo("New");
    assertThat(shown.path("trustedForSecondFactor").asBoolean()).isTrue();
    assertThat(shown.path("status").asString()).isEqualTo("disabled");
    assertThat(acme.admin().post(path + "/disable").is(409).problem())
        .isEqualTo("provider-disabled");
    acme.admin().post(path + "/enable").is(200);
    acme.admin().put(path, written.etag(), fields).is(412);
  }

  @Test
  void eachHomeHasItsOwnAndWhoGovernsItReachesThem() {
    String tenant = "/api/tenants/" + acme.tenant();
    String id = register(newcomer.operator(), tenant, "Governed").id();
    acme.admin().post("/api/providers/" + id + "/check").is(200);
    String organization = "/api/organizations/" + newcomer.organization();
    String shared = register(newcomer.operator(), organization, "Shared").id();
    acme.admin().post("/api/providers/" + shared + "/check").is(404);
    acme.admin().get(organization + "/providers").is(404);
    String own = register(newcomer.operator(), "/api", "Platform").id();
    acme.admin().post("/api/providers/" + own + "/check").is(404);
    newcomer.customer("other").admin().get("/api/providers/" + id).is(404);
  }

  @Test
  void whoAdministersNothingSeesNone() {
    Api user = newcomer.user(acme.tenant(), "nobody@varve.test", "tenant_user");
    user.get("/api/providers").is(403);
    user.post("/api/providers", Map.of("name", "N", "issuer", ISSUER, "clientId", "c")).is(403);
  }

  private static Answer register(Api admin, String root, String name) {
    Map<String, Object> fields =
        Map.of("name", name, "issuer", ISSUER, "clientId", "varve", "credential", SECRET);
    return admin.post(root + "/providers", fields).is(201);
  }

  private static Answer read(Api api, String path, Answer written) {
    return api.with("Varve-Number", written.number()).get(path).is(200);
  }
}
