package io.varve.web.http;

import io.varve.events.Json;
import io.varve.events.rule.InvalidException;
import io.varve.events.rule.Violation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads request bodies into records, and names every wrong field, not just the first. Nothing is
 * coerced: a number is no text, an empty text is no absent value.
 */
public final class StrictJson {

  /** The mapper of events and states, stricter still. */
  public static final JsonMapper MAPPER =
      Json.MAPPER
          .rebuild()
          .withCoercionConfigDefaults(
              c -> c.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
          .withCoercionConfig(
              LogicalType.Textual,
              c ->
                  c.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .changeDefaultNullHandling(
              n -> n.withContentNulls(com.fasterxml.jackson.annotation.Nulls.FAIL))
          .addModule(
              new SimpleModule("strict")
                  .addDeserializer(java.time.Instant.class, new StrictInstant()))
          .build();

  /**
   * @throws FaultException if the body is no JSON object, or has unknown fields or wrong types
   * @throws InvalidException if fields are missing
   */
  public <T extends Record> T read(byte[] body, Class<T> type) {
    if (!(parse(body) instanceof ObjectNode object)) {
      throw new FaultException(Fault.WRONG_SHAPE, "The body must be a JSON object.");
    }
    Map<String, RecordComponent> components = new HashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(component.getName(), component);
    }
    List<Violation> wrong = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      RecordComponent component = components.get(field.getKey());
      String pointer = "/" + escape(field.getKey());
      if (component == null) {
        wrong.add(new Violation(pointer, "unknown-field", "is not known here"));
      } else if (!field.getValue().isNull()) {
        bind(field.getValue(), component, pointer, wrong);
      }
    }
    List<Violation> missing =
        components.values().stream()
            .filter(c -> !isOptional(c) && isAbsent(object.get(c.getName())))
            .map(c -> new Violation("/" + c.getName(), "required", "is required"))
            .toList();
    refuse(wrong, missing);
    return MAPPER.treeToValue(object, type);
  }

  /** Whether a component may be absent: it says {@code @Nullable}. */
  public static boolean isOptional(RecordComponent component) {
    return hasNullable(component.getAnnotatedType());
  }

  private static boolean hasNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static boolean isAbsent(@Nullable JsonNode node) {
    return node == null || node.isNull();
  }

  private static void refuse(List<Violation> wrong, List<Violation> missing) {
    if (!wrong.isEmpty()) {
      throw new FaultException(
          Fault.WRONG_SHAPE,
          Fault.WRONG_SHAPE.sentence(),
          Stream.concat(wrong.stream(), missing.stream()).toList());
    }
    if (!missing.isEmpty()) {
      throw new InvalidException(missing);
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode node = body.length == 0 ? null : MAPPER.readTree(body);
      if (node == null || node.isMissingNode()) {
        throw new FaultException(Fault.MALFORMED_JSON, "The body is empty.");
      }
      return node;
    } catch (JacksonException malformed) {
      throw malformed(malformed);
    }
  }

  /** What a body is refused with that is not JSON; it says where, and nothing of what is there. */
  static FaultException malformed(JacksonException malformed) {
    return new FaultException(
        Fault.MALFORMED_JSON,
        Fault.MALFORMED_JSON.sentence(),
        List.of(new Violation(pointerOf(malformed), "malformed", where(malformed))));
  }

  private static void bind(
      JsonNode value, RecordComponent component, String pointer, List<Violation> wrong) {
    JavaType type = MAPPER.constructType(component.getGenericType());
    try {
      MAPPER.treeToValue(value, type);
    } catch (UnrecognizedPropertyException unknown) {
      wrong.add(new Violation(pointer + path(unknown), "unknown-field", "is not known here"));
    } catch (InvalidNullException absent) {
      wrong.add(new Violation(pointer + path(absent), "wrong-type", "must not be null"));
    } catch (JacksonException mismatch) {
      wrong.add(new Violation(pointer + path(mismatch), "wrong-type", expected(type)));
    }
  }

  /** What a field should have been, from its type alone: never from what was sent. */
  private static String expected(JavaType type) {
    if (type.isContainerType() && !type.isMapLikeType()) {
      return "must be an array, each of it " + one(type.getContentType().getRawClass());
    }
    return "must be " + one(type.getRawClass());
  }

  private static String one(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> MAPPER.valueToTree(constant).asString())
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return switch (type.getSimpleName()) {
      case "int", "Integer", "long", "Long" -> "a whole number";
      case "BigDecimal" -> "a number";
      case "boolean", "Boolean" -> "true or false";
      case "Instant" -> "a time such as 2026-01-31T12:00:00Z";
      case "String" -> "a text";
      case "Config", "ObjectNode" -> "an object";
      default -> type.isRecord() ? record(type) : "of another type";
    };
  }

  private static String record(Class<?> type) {
    return type.getRecordComponents().length == 1 ? "an identifier" : "an object";
  }

  private static String pointerOf(JacksonException malformed) {
    return malformed.processor() instanceof JsonParser parser && parser.streamReadContext() != null
        ? parser.streamReadContext().pathAsPointer().toString()
        : "";
  }

  private static String where(JacksonException malformed) {
    var at = malformed.getLocation();
    return at == null
        ? "is malformed"
        : "is malformed near line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static String path(JacksonException failure) {
    if (!(failure instanceof DatabindException)) {
      return "";
    }
    return failure.getPath().stream()
        .map(
            r ->
                r.getPropertyName() == null
                    ? "/" + r.getIndex()
                    : "/" + escape(r.getPropertyName()))
        .collect(Collectors.joining());
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
