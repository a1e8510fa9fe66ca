package io.varve.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The one way in which events, states and provenance are written as JSON and read back.
 *
 * <p>Absent means null; enumerations are lower-case with hyphens; decimals keep their digits;
 * instants are ISO 8601 in UTC. Reading is strict: an unknown field, a duplicate key, trailing text
 * or a wrong type is an error, and no type is ever chosen by the data.
 */
public final class Json {

  /** How deep a document may nest. */
  public static final int MAX_DEPTH = 64;

  /** How many digits a number may have, so that no number costs more than its text. */
  public static final int MAX_NUMBER_LENGTH = 100;

  public static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
          .changeDefaultPropertyInclusion(
              inclusion ->
                  JsonInclude.Value.construct(
                      JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .addModule(numbers())
          .build();

  private Json() {}

  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * @throws JacksonException if the text is not exactly a JSON document of that type
   */
  public static <T> T read(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  /** The JSON document of a value, equal to its text read back; null for null. */
  public static @Nullable JsonNode tree(@Nullable Object value) {
    return value == null ? null : MAPPER.valueToTree(value);
  }

  /**
   * Whole numbers become the node that their text would be read as. Otherwise the tree of a state
   * would differ from the same state read back: a long 3 from an int 3, a decimal 5 from a 5.
   */
  private static SimpleModule numbers() {
    var module = new SimpleModule("numbers");
    module.addSerializer(Long.class, new LongForm());
    module.addSerializer(Long.TYPE, new LongForm());
    module.addSerializer(BigDecimal.class, new DecimalForm());
    return module;
  }

  private static void writeWhole(long value, JsonGenerator to) {
    if (value == (int) value) {
      to.writeNumber((int) value);
    } else {
      to.writeNumber(value);
    }
  }

  private static final class LongForm extends StdSerializer<Long> {
    LongForm() {
      super(Long.class);
    }

    @Override
    public void serialize(Long value, JsonGenerator to, SerializationContext context) {
      writeWhole(value, to);
    }
  }

  private static final class DecimalForm extends StdSerializer<BigDecimal> {
    DecimalForm() {
      super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator to, SerializationContext context) {
      if (value.scale() != 0) {
        to.writeNumber(value);
      } else if (value.unscaledValue().bitLength() < Long.SIZE) {
        writeWhole(value.longValue(), to);
      } else {
        to.writeNumber(value.unscaledValue());
      }
    }
  }
}
