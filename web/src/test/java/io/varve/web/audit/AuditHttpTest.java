package io.varve.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.web.testing.Newcomer;
import io.varve.web.testing.Newcomer.Customer;
import io.varve.web.testing.TestVarve;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AuditHttpTest {

  @AutoClose static final TestVarve varve = TestVarve.start();

  private static Newcomer newcomer;
  private static Customer acme;
  private static String risk;

  @BeforeAll
  static void somethingThatHappened() {
    newcomer = new Newcomer(varve.api());
    acme = newcomer.customer("acme");
    risk = acme.admin().post("/api/risks", risk("The pharmacy robot is down", 2)).is(201).id();
    acme.admin()
        .with("X-Request-Id", "request-of-the-test")
        .with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .put("/api/risks/" + risk, "*", risk("The pharmacy robot is down", 4))
        .is(200);
  }

  @ParameterizedTest
  @CsvSource({
    "path=/likelihood,  risk.reassessed",
    "request=request-of-the-test, risk.reassessed",
    "trace=0af7651916cd43dd8448eb211c80319c, risk.reassessed",
    "text=PHARMACY down, risk.identified",
  })
  void somethingIsFoundByWhatItChangedAndWhereItCameFrom(String query, String type) {
    JsonNode found =
        acme.admin()
            .get("/api/audit?stream=risk&order=newest-first&id=" + risk + "&" + encoded(query))
            .is(200)
            .json();
    assertThat(found.at("/items/0/type").asString()).isEqualTo(type);
    assertThat(found.path("totalIsExact").asBoolean()).isTrue();
    assertThat(found.path("total").asInt()).isEqualTo(found.path("items").size());
  }

  @Test
  void whoeverActsFromAboveHasAName() {
    JsonNode registered =
        acme.admin().get("/api/audit?type=user.registered").is(200).json().at("/items/0");
    assertThat(registered.path("sentence").asString())
        .isEqualTo("Ada Operator registered the user “acme@varve.test”.");
    assertThat(registered.at("/actor/name").asString()).isEqualTo("Ada Operator");
  }

  @Test
  void aPersonsNameIsNoWordOfTheTrail() {
    assertThat(
            acme.admin()
                .get("/api/audit?text=acme&stream=user")
                .is(200)
                .json()
                .path("items")
                .size())
        .isZero();
    assertThat(varve.sql("select count(*) from read.audit_index")).isNotEqualTo("0");
  }

  @Test
  void aStrangersTrailIsAnother() {
    Customer rival = newcomer.customer("rival");
    for (String query : List.of("id=" + risk, "text=pharmacy", "request=request-of-the-test")) {
      JsonNode found = rival.admin().get("/api/audit?" + query).is(200).json();
      assertThat(found.path("total").asInt()).isZero();
      assertThat(found.path("items").size()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=yesterday",
        "to=2026",
        "actor=me",
        "impersonator=1",
        "id=x",
        "order=up",
        "limit=x"
      })
  void whatCannotBeReadIsMalformed(String query) {
    acme.admin().get("/api/audit?" + query).is(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path=likelihood",
        "path=/a~2",
        "path=",
        "path=/\u0000",
        "text=",
        "text= – ",
        "text=a\u0000b",
        "stream=\u0000",
        "type=a\u202eb",
        "request=\u0007",
        "trace=\u0000",
        "limit=0",
        "limit=201",
        "cursor=AAAA"
      })
  void whatBreaksARuleIsNamed(String query) {
    JsonNode problem = acme.admin().get("/api/audit?" + encoded(query)).is(422).json();
    assertThat(problem.at("/errors/0/pointer").asString())
        .isEqualTo("/" + query.substring(0, query.indexOf('=')));
  }

  @Test
  void moreThanOneMayAskIsRefused() {
    for (String name : List.of("stream", "type", "request", "trace")) {
      acme.admin().get("/api/audit?" + name + "=" + "x".repeat(101)).is(422);
    }
    acme.admin().get("/api/audit?text=" + "x".repeat(501)).is(422);
    acme.admin()
        .get("/api/audit?text=" + encoded("=" + "a b c d e f g h i j k l m n o p q"))
        .is(422);
    acme.admin().get("/api/audit?path=/" + "x".repeat(1000)).is(422);
    acme.admin().get("/api/audit?id=" + UUID.randomUUID()).is(200);
  }

  private static String encoded(String query) {
    int value = query.indexOf('=') + 1;
    return query.substring(0, value)
        + URLEncoder.encode(query.substring(value), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> risk(String title, int likelihood) {
    return Map.of(
        "title",
        title,
        "category",
        "operations",
        "likelihood",
        likelihood,
        "impact",
        5,
        "treatment",
        "mitigate");
  }
}
