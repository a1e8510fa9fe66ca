package io.varve.web.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * One change of a diff, in words.
 *
 * @param isTelling whether its text says more to a person than that something changed
 */
record Changed(String text, boolean isTelling) {

  private static final int MOST_CHARACTERS = 80;

  /** A word of the program, such as a status. */
  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]*");

  /** Identifiers and times say nothing to a person, and no more do hashes. */
  private static final Pattern OPAQUE =
      Pattern.compile(
          "\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}|\\d{4}-\\d\\d-\\d\\dT.*|[\\w-]{43}");

  static Changed of(JsonNode change) {
    String name = name(change.path("path").asString(""));
    JsonNode from = change.path("from");
    JsonNode to = change.path("to");
    if (from instanceof ArrayNode before && to instanceof ArrayNode after) {
      return new Changed(name + " " + elements(before, after), true);
    }
    if (from.isMissingNode()) {
      return isShown(to)
          ? new Changed(name + " set to " + value(to), true)
          : new Changed(name + " set", false);
    }
    if (to.isMissingNode()) {
      return new Changed(name + " removed", isShown(from));
    }
    return isShown(from) && isShown(to)
        ? new Changed(name + " " + value(from) + " → " + value(to), true)
        : new Changed(name + " changed", false);
  }

  /** {@code /current/observedAt} is the "current observed at". */
  private static String name(String pointer) {
    return pointer
        .replaceFirst("^/", "")
        .replace('/', ' ')
        .replace("~1", "/")
        .replace("~0", "~")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  private static boolean isShown(JsonNode value) {
    if (value.isString()) {
      String text = value.stringValue();
      return text.length() <= MOST_CHARACTERS
          && text.indexOf('\n') < 0
          && !OPAQUE.matcher(text).matches();
    }
    return value.isNumber() || value.isBoolean();
  }

  private static String value(JsonNode value) {
    String text = value.asString();
    return !value.isString() || CODE.matcher(text).matches() ? text : "“" + text + "”";
  }

  private static String elements(ArrayNode before, ArrayNode after) {
    List<JsonNode> added = minus(after, before);
    List<JsonNode> removed = minus(before, after);
    var parts = new ArrayList<String>();
    if (!added.isEmpty()) {
      parts.add(several(added) + " added");
    }
    if (!removed.isEmpty()) {
      parts.add(several(removed) + " removed");
    }
    return parts.isEmpty() ? "reordered" : String.join(", ", parts);
  }

  private static String several(List<JsonNode> values) {
    return values.size() <= 3 && values.stream().allMatch(Changed::isShown)
        ? values.stream().map(Changed::value).collect(Collectors.joining(" and "))
        : Integer.toString(values.size());
  }

  private static List<JsonNode> minus(ArrayNode some, ArrayNode others) {
    return some.values().stream().filter(value -> !others.values().contains(value)).toList();
  }
}
