package io.varve.web.audit;

import io.varve.events.personal.Personal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Finds sealed personal text anywhere in a document, and puts what it opens to in its place. */
final class PersonalText {

  private PersonalText() {}

  static List<Personal> in(JsonNode document) {
    var found = new ArrayList<Personal>();
    collect(document, found);
    return found;
  }

  /**
   * @param opened what opens; the rest was erased and becomes null
   */
  static JsonNode open(JsonNode node, Map<Personal, String> opened) {
    if (node.isString() && Personal.isPersonal(node.stringValue())) {
      String text = opened.get(Personal.parse(node.stringValue()));
      JsonNodeFactory factory = JsonNodeFactory.instance;
      return text == null ? factory.nullNode() : factory.stringNode(text);
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(p -> copy.set(p.getKey(), open(p.getValue(), opened)));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(element -> copy.add(open(element, opened)));
      return copy;
    }
    return node;
  }

  private static void collect(JsonNode node, List<Personal> found) {
    if (node.isString() && Personal.isPersonal(node.stringValue())) {
      found.add(Personal.parse(node.stringValue()));
    }
    node.forEach(child -> collect(child, found));
  }
}
