package io.varve.web.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.postgres.vault.Vault;
import io.varve.web.mfa.Device;
import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.SetClock;
import io.varve.web.testing.TestVarve;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The ledger of a retired tenant is closed: what is erased of it stands in its organization's. */
class RetiredTenantErasureTest {

  private static final Map<String, String> SETTLED = Map.of("reason", "Settled");

  private final SetClock clock = new SetClock(Instant.parse("2030-01-01T00:00:10Z"));
  @AutoClose private final TestVarve varve = TestVarve.start(clock, Map.of());
  private final Newcomer newcomer = new Newcomer(varve.api());
  private final String tenant = newcomer.customer("acme").tenant();
  private final String person =
      newcomer.user(tenant, "pat@varve.test", "tenant_user").get("/api/me").is(200).id();
  private final Device.Enrolled one = enrolled("one@varve.test");
  private final Device.Enrolled two = enrolled("two@varve.test");

  @Test
  void peopleAreErasedByTheOrganizationUnlessItHoldsThem() {
    Map<String, Object> wanted =
        Map.of("tenant", tenant, "subject", person, "legalBasis", "GDPR Art. 17(1)(b)");
    assertThat(one.api().post("/api/erasures", wanted).is(409).problem())
        .isEqualTo("tenant-in-use");
    newcomer.operator().post("/api/tenants/" + tenant + "/retire").is(200);
    String hold = hold();
    assertThat(one.api().post("/api/erasures", wanted).is(409).problem()).isEqualTo("held");
    release(hold);
    String id = one.api().post("/api/erasures", wanted).is(201).id();
    two.api().post("/api/erasures/" + id + "/approve").is(200);
    assertThat(vault().isErased(UUID.fromString(tenant), UUID.fromString(person))).isTrue();
    varve
        .api()
        .post("/api/auth/login", Map.of("email", "pat@varve.test", "password", Newcomer.PASSWORD))
        .is(401);
    Api operator = newcomer.operator();
    String elsewhere =
        operator.post("/api/organizations", Map.of("name", "E", "kind", "company")).is(201).id();
    operator.post("/api/organizations/" + elsewhere + "/erasures", wanted).is(404);
  }

  @Test
  void allOfItIsShreddedNoEarlierThanAfter400Days() {
    newcomer.operator().post("/api/tenants/" + tenant + "/retire").is(200);
    Map<String, Object> wanted = Map.of("tenant", tenant, "legalBasis", "Contract ended");
    clock.advance(Duration.ofDays(400).minusMinutes(1));
    assertThat(again("one", one).post("/api/erasures", wanted).is(409).problem())
        .isEqualTo("retired-too-lately");
    clock.advance(Duration.ofMinutes(2));
    Api first = again("one", one);
    String id = first.post("/api/erasures", wanted).is(201).id();
    again("two", two).post("/api/erasures/" + id + "/approve").is(200);
    assertThat(vault().isErased(UUID.fromString(tenant))).isTrue();
    assertThat(varve.sql("select count(*) from ops.secret where tenant_id = '" + tenant + "'"))
        .isEqualTo("0");
    assertThat(
            varve.sql(
                "select count(*) from ops.subject_key where wrapped is not null and tenant_id = '"
                    + tenant
                    + "'"))
        .isEqualTo("0");
    String trail =
        first.get("/api/tenants/" + tenant + "/audit?limit=200").is(200).response().body();
    assertThat(trail).contains("user.registered").doesNotContain("pat@varve.test", "127.0.0.1");
  }

  private String hold() {
    return one.api()
        .post(
            "/api/holds",
            Map.of("matter", "M", "reason", "R", "scope", Map.of("ids", List.of(tenant))))
        .is(201)
        .id();
  }

  private void release(String hold) {
    one.api().post("/api/holds/" + hold + "/release-request", SETTLED).is(200);
    two.api().post("/api/holds/" + hold + "/release", SETTLED).is(200);
  }

  private Vault vault() {
    return varve.bean(Vault.class);
  }

  private Device.Enrolled enrolled(String email) {
    return Device.enrol(clock, newcomer.user(newcomer.organization(), email, "master_admin"));
  }

  private Api again(String name, Device.Enrolled who) {
    Api signedIn = varve.api().signedIn(name + "@varve.test", Newcomer.PASSWORD);
    return signedIn.as(
        signedIn
            .post("/api/auth/mfa/verify", Map.of("code", who.device().showsNext()))
            .is(200)
            .json()
            .path("accessToken")
            .asString());
  }
}
