package io.varve.web.openapi;

import io.varve.events.source.Config;
import io.varve.web.http.StrictJson;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas (2020-12) of the records that requests and answers are made of, as our own mapper
 * reads and writes them.
 */
final class Schemas {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, Class<?>> names = new HashMap<>();
  private final ObjectNode components = JSON.objectNode();

  ObjectNode components() {
    return components;
  }

  /** The schema of a type; a record becomes a component and a reference to it. */
  ObjectNode of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      if (Collection.class.isAssignableFrom(raw)) {
        ObjectNode array = typed("array");
        array.set("items", of(generic.getActualTypeArguments()[0]));
        if (SortedSet.class.isAssignableFrom(raw)) {
          array.put("description", "A set: order does not matter, nor how often a value is given.");
        }
        return array;
      }
      return page(raw, generic.getActualTypeArguments()[0]);
    }
    return ofClass((Class<?>) type);
  }

  /** A page of a list of a type, and whatever else such a page says. */
  private ObjectNode page(Class<?> page, Type item) {
    ObjectNode schema = typed("object");
    ObjectNode properties = schema.putObject("properties");
    ObjectNode items = properties.putObject("items");
    items.put("type", "array");
    items.set("items", of(item));
    ObjectNode next = properties.putObject("next");
    next.put("type", "string");
    next.put("description", "The cursor of the next page; absent on the last one.");
    ArrayNode required = schema.putArray("required").add("items");
    for (RecordComponent more : page.getRecordComponents()) {
      if (!properties.has(more.getName())) {
        properties.set(more.getName(), of(more.getType()));
        required.add(more.getName());
      }
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  private ObjectNode ofClass(Class<?> type) {
    if (type.isEnum()) {
      return enumeration(type);
    }
    if (type == String.class) {
      return typed("string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return typed("boolean");
    }
    if (type == int.class || type == Integer.class) {
      return typed("integer").put("format", "int32");
    }
    if (type == long.class || type == Long.class) {
      return typed("integer").put("format", "int64");
    }
    if (type == BigDecimal.class) {
      return typed("number");
    }
    if (type == Instant.class) {
      return typed("string").put("format", "date-time");
    }
    if (type == UUID.class) {
      return typed("string").put("format", "uuid");
    }
    if (type == Config.class) {
      return typed("object");
    }
    if (JsonNode.class.isAssignableFrom(type)) {
      return JSON.objectNode();
    }
    if (isIdentifier(type)) {
      return typed("string").put("format", "uuid");
    }
    if (type.isRecord()) {
      return component(type);
    }
    throw new IllegalArgumentException("no schema for " + type);
  }

  private ObjectNode component(Class<?> type) {
    String name = type.getSimpleName().replaceFirst("View$", "");
    Class<?> known = names.putIfAbsent(name, type);
    if (known == null) {
      ObjectNode schema = typed("object");
      components.set(name, schema);
      ObjectNode properties = schema.putObject("properties");
      ArrayNode required = JSON.arrayNode();
      for (RecordComponent component : type.getRecordComponents()) {
        properties.set(component.getName(), of(component.getGenericType()));
        if (!StrictJson.isOptional(component)) {
          required.add(component.getName());
        }
      }
      if (!required.isEmpty()) {
        schema.set("required", required);
      }
      schema.put("additionalProperties", false);
    } else if (known != type) {
      throw new IllegalStateException(known + " and " + type + " have the same name");
    }
    return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  private static ObjectNode enumeration(Class<?> type) {
    ObjectNode schema = typed("string");
    ArrayNode values = schema.putArray("enum");
    for (Object constant : type.getEnumConstants()) {
      values.add(StrictJson.MAPPER.valueToTree(constant).asString());
    }
    return schema;
  }

  /** A record around one UUID is written as that UUID. */
  private static boolean isIdentifier(Class<?> type) {
    return type.isRecord()
        && type.getRecordComponents().length == 1
        && type.getRecordComponents()[0].getType() == UUID.class
        && type.getSimpleName().endsWith("Id");
  }

  private static ObjectNode typed(String type) {
    return JSON.objectNode().put("type", type);
  }
}
