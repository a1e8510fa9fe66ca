package io.varve.events.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.Json;
import io.varve.events.rule.Rules;
import io.varve.events.rule.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ConfigTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PASSWORD",
        "db-Passwd",
        "client_secret",
        "clientSecret",
        "apiKey",
        "api_key",
        "API-KEY",
        "access token",
        "x.auth.token",
        "Authorization",
        "private-key",
        "credentials",
        "pwd"
      })
  void aMemberThatLooksLikeASecretIsRefusedWhereverItStands(String name) {
    assertThat(check("{\"" + name + "\":\"x\"}")).containsExactly("/config/" + name + " secret");
    assertThat(check("{\"a\":[{\"" + name + "\":1}]}"))
        .containsExactly("/config/a/0/" + name + " secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"region\":\"eu\",\"key\":\"host\",\"pass\":3}", "{\"a\":[1,null,true]}"})
  void otherSettingsAreTaken(String json) {
    assertThat(check(json)).isEmpty();
  }

  @Test
  void aSettingIsNestedAtMostEightDeep() {
    assertThat(check("{\"a\":".repeat(8) + "1" + "}".repeat(8))).isEmpty();
    assertThat(check("{\"a\":".repeat(9) + "1" + "}".repeat(9)))
        .containsExactly("/config" + "/a".repeat(8) + " too-deep");
  }

  @Test
  void settingsHaveAtMostSixteenThousandCharacters() {
    String fits = "{\"a\":\"" + "x".repeat(Config.MAX_CHARACTERS - 8) + "\"}";
    assertThat(check(fits)).isEmpty();
    assertThat(check(fits.replace("x\"", "xx\""))).containsExactly("/config too-long");
  }

  @Test
  void textThatCannotBeStoredIsRefusedWithItsPointer() {
    assertThat(check("{\"a/b\":\"\\u0000\"}")).containsExactly("/config/a~1b control-character");
    assertThat(check("{\"a\\u0000\":1}"))
        .hasSize(1)
        .first()
        .asString()
        .endsWith("control-character");
  }

  @Test
  void whoReadsTheSettingsCannotChangeThem() {
    Config config = config("{\"region\":\"eu\"}");
    config.json().put("region", "us");
    assertThat(config).isEqualTo(config("{\"region\":\"eu\"}"));
  }

  private static Config config(String json) {
    return new Config(Json.read(json, ObjectNode.class));
  }

  private static List<String> check(String json) {
    var rules = new Rules();
    config(json).check(rules, "/config");
    return rules.violations().stream().map(ConfigTest::text).toList();
  }

  private static String text(Violation violation) {
    return violation.pointer() + ' ' + violation.code();
  }
}
