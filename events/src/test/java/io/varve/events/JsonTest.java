package io.varve.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.histories.Values;
import java.math.BigDecimal;
import java.time.Instant;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

class JsonTest {

  private enum Pace {
    VERY_SLOW
  }

  private record Sample(
      int whole, long large, BigDecimal decimal, Pace pace, Instant at, @Nullable String note) {}

  private static final Instant AT = Instant.parse("2026-11-21T22:50:01.123456Z");

  @Provide
  Arbitrary<BigDecimal> decimals() {
    return Values.decimals();
  }

  @Property
  void theTreeOfAValueIsWhatItsTextIsReadAs(
      @ForAll int whole, @ForAll long large, @ForAll("decimals") BigDecimal decimal) {
    var sample = new Sample(whole, large, decimal, Pace.VERY_SLOW, AT, null);
    assertThat(Json.tree(sample)).isEqualTo(Json.read(Json.write(sample), JsonNode.class));
    assertThat(Json.read(Json.write(sample), Sample.class)).isEqualTo(sample);
  }

  @Test
  void absentMeansNullAndDecimalsKeepTheirDigits() {
    var sample = new Sample(1, 2, new BigDecimal("5.00"), Pace.VERY_SLOW, AT, null);
    assertThat(Json.write(sample))
        .isEqualTo(
            """
            {"whole":1,"large":2,"decimal":5.00,"pace":"very-slow",\
            "at":"2026-11-21T22:50:01.123456Z"}""");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"whole\":1,\"unknown\":2}",
        "{\"whole\":1,\"whole\":2}",
        "{\"whole\":\"1\"}",
        "{\"whole\":1.5}",
        "{\"whole\":null}",
        "{\"pace\":0}",
        "{\"pace\":\"VERY_SLOW\"}",
        "{\"decimal\":NaN}",
        "{\"decimal\":\"1\"}",
        "{} {}",
        "{",
        ""
      })
  void whatIsNotExactlyTheShapeIsRefused(String text) {
    assertThatThrownBy(() -> Json.read(text, Sample.class)).isInstanceOf(JacksonException.class);
  }

  @Test
  void whatNestsTooDeepOrCountsTooFarIsRefused() {
    String deep = "[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1);
    assertThatThrownBy(() -> Json.read(deep, JsonNode.class)).isInstanceOf(JacksonException.class);
    String far = "9".repeat(Json.MAX_NUMBER_LENGTH + 1);
    assertThatThrownBy(() -> Json.read(far, JsonNode.class)).isInstanceOf(JacksonException.class);
  }
}
