package io.varve.events.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

  @Test
  void everyBrokenRuleIsNamedAndNotOnlyTheFirst() {
    Rules rules = new Rules().line("/title", " ", 10).range("/impact", 6, 1, 5).slug("/slug", "A");
    assertThat(rules.violations())
        .extracting(Violation::pointer, Violation::code)
        .containsExactly(
            tuple("/title", "blank"),
            tuple("/impact", "out-of-range"),
            tuple("/slug", "not-a-slug"));
    assertThatThrownBy(rules::enforce)
        .isInstanceOfSatisfying(InvalidException.class, e -> assertThat(e.violations()).hasSize(3));
  }

  @Test
  void keptRulesEnforceNothing() {
    new Rules().line("/title", "x", 1).range("/impact", 5, 1, 5).enforce();
  }

  @Test
  void anAbsentValueIsRequiredAndNothingElse() {
    for (Consumer<Rules> rule :
        List.<Consumer<Rules>>of(
            rules -> rules.line("/x", null, 10),
            rules -> rules.prose("/x", null, 10),
            rules -> rules.slug("/x", null),
            rules -> rules.decimal("/x", null),
            rules -> rules.range("/x", null, BigDecimal.ZERO, BigDecimal.ONE),
            rules -> rules.size("/x", null, 10),
            rules -> rules.matches("/x", null, Rules.SLUG, "must be a slug"),
            rules -> rules.httpUrl("/x", null, 10))) {
      assertThat(broken(rule)).containsExactly("required");
    }
    assertThat(broken(rules -> rules.optionalLine("/x", null, 10))).isEmpty();
  }

  @Test
  void lengthIsCountedInCharactersAsAPersonCountsThem() {
    assertThat(broken(rules -> rules.line("/x", "🦊".repeat(5), 5))).isEmpty();
    assertThat(broken(rules -> rules.line("/x", "🦊".repeat(6), 5))).containsExactly("too-long");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x07, 0x1b, 0x7f, 0x200b, 0x202e, 0x2028, 0xd800, 0xfeff})
  void whatCannotBeSeenOrReordersTheRestIsRefused(int character) {
    String text = "a" + (char) character;
    assertThat(broken(rules -> rules.line("/x", text, 100))).containsExactly("control-character");
    assertThat(broken(rules -> rules.prose("/x", text, 100))).containsExactly("control-character");
  }

  @Test
  void proseMayHaveLinesAndALineMayNot() {
    assertThat(broken(rules -> rules.prose("/x", "a\n\tb\r\n", 100))).isEmpty();
    assertThat(broken(rules -> rules.line("/x", "a\nb", 100))).containsExactly("control-character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "patch_age_days", "0123456789_"})
  void aSlugIsTaken(String slug) {
    assertThat(broken(rules -> rules.slug("/x", slug))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a-b", "a b", "é", "a\n"})
  void whatIsNoSlugIsRefused(String slug) {
    assertThat(broken(rules -> rules.slug("/x", slug))).containsExactly("not-a-slug");
  }

  @Test
  void aSlugEndsAt64Characters() {
    assertThat(broken(rules -> rules.slug("/x", "a".repeat(64)))).isEmpty();
    assertThat(broken(rules -> rules.slug("/x", "a".repeat(65)))).containsExactly("not-a-slug");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.5", "99999999999999999999", "0.12345678901234567890", "1E+19"})
  void aDecimalThatTheDatabaseHoldsExactlyIsTaken(String value) {
    assertThat(broken(rules -> rules.decimal("/x", new BigDecimal(value)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"100000000000000000000", "0.123456789012345678901", "1E+20", "1E+2147483647"})
  void aDecimalThatItWouldNotHoldIsRefused(String value) {
    assertThat(broken(rules -> rules.decimal("/x", new BigDecimal(value))))
        .containsExactly("too-precise");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://a.example/b?c=d#e", "http://10.0.0.1:8080", "HTTPS://[::1]/"})
  void aUrlIsTaken(String url) {
    assertThat(broken(rules -> rules.httpUrl("/x", url, 100))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example",
        "ftp://a.example",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https:///x",
        "https://a b",
        "https://user:secret@a.example"
      })
  void aUrlWithoutAHostOrWithAPasswordIsRefused(String url) {
    assertThat(broken(rules -> rules.httpUrl("/x", url, 100))).containsExactly("not-a-url");
  }

  private static List<String> broken(Consumer<Rules> rule) {
    var rules = new Rules();
    rule.accept(rules);
    return rules.violations().stream().map(Violation::code).toList();
  }
}
