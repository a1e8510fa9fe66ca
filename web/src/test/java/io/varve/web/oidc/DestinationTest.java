package io.varve.web.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

  @ParameterizedTest
  @ValueSource(strings = {"/", "/risks", "/risks?open=1&sort=-created#top", "/a//b", "/a|b%"})
  void aPageOfOursIsWhereOneGoes(String page) {
    assertThat(Destination.of(page)).isEqualTo(page);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "risks",
        "//evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "/\t/evil.test",
        "\t//evil.test",
        "/a b",
        "/a\r\nSet-Cookie: a=b",
        "https://evil.test",
        "javascript:alert(1)"
      })
  void elsewhereIsNot(String wanted) {
    assertThat(Destination.of(wanted)).isEqualTo("/");
  }
}
