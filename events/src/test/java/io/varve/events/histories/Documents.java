package io.varve.events.histories;

import java.math.BigDecimal;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Arbitrary JSON documents, whose members often have the same names, and awkward ones. */
public final class Documents {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Documents() {}

  public static Arbitrary<ObjectNode> objects() {
    return objects(3);
  }

  private static Arbitrary<ObjectNode> objects(int depth) {
    return Arbitraries.maps(names(), values(depth)).ofMaxSize(4).map(Documents::object);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of("a", "b", "", "a/b", "m~n", "~1", "~0", "/", "0", "-", "é");
  }

  private static Arbitrary<JsonNode> values(int depth) {
    Arbitrary<JsonNode> leaves =
        Arbitraries.of(
            NODES.nullNode(),
            NODES.booleanNode(true),
            NODES.numberNode(0),
            NODES.numberNode(5),
            NODES.numberNode(Long.MAX_VALUE),
            NODES.numberNode(new BigDecimal("5.0")),
            NODES.numberNode(new BigDecimal("5.00")),
            NODES.stringNode(""),
            NODES.stringNode("5"),
            NODES.stringNode("~/\"\\"));
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<JsonNode> arrays =
        values(depth - 1).list().ofMaxSize(3).map(elements -> NODES.arrayNode().addAll(elements));
    return Arbitraries.oneOf(leaves, arrays, objects(depth - 1).map(JsonNode.class::cast));
  }

  private static ObjectNode object(Map<String, JsonNode> members) {
    ObjectNode object = NODES.objectNode();
    members.forEach(object::set);
    return object;
  }
}
