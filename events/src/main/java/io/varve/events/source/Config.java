package io.varve.events.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.Json;
import io.varve.events.rule.Rules;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of a source that anybody who may read the source may see: a JSON object of at most
 * {@value #MAX_CHARACTERS} characters, nested at most {@value #MAX_DEPTH} deep. What looks like a
 * secret is refused, by the name of its member: it belongs into the vault.
 */
public record Config(@JsonValue ObjectNode json) {

  public static final int MAX_CHARACTERS = 16_384;
  public static final int MAX_DEPTH = 8;
  public static final int MAX_NAME = 100;

  /** Matched within a member's name, once everything but letters and digits is taken out of it. */
  private static final Pattern SECRET =
      Pattern.compile(
          "passw|passphrase|pwd|secret|token|credential|apikey|accesskey|privatekey|sharedkey"
              + "|signingkey|authorization|bearer|cookie|connectionstring");

  private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{N}]");

  /** Copies the object by way of its text, so that equal texts are equal settings. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Config {
    json = Json.read(Json.write(json), ObjectNode.class);
  }

  public static Config empty() {
    return new Config(JsonNodeFactory.instance.objectNode());
  }

  /** A copy, as the object itself could be changed. */
  @Override
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** Reports what is too large, too deep, not plain text or looks like a secret. */
  public void check(Rules rules, String pointer) {
    rules.hold(
        Json.write(json).length() <= MAX_CHARACTERS,
        pointer,
        "too-long",
        "must have at most " + MAX_CHARACTERS + " characters as JSON");
    check(rules, pointer, json, 1);
  }

  private static void check(Rules rules, String pointer, JsonNode node, int depth) {
    if (node.isString()) {
      rules.prose(pointer, node.stringValue(), MAX_CHARACTERS);
    } else if (node.isContainer() && depth > MAX_DEPTH) {
      rules.hold(false, pointer, "too-deep", "must nest at most " + MAX_DEPTH + " deep");
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        check(rules, pointer + '/' + i, node.get(i), depth + 1);
      }
    } else if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        String name = member.getKey();
        String at = pointer + '/' + name.replace("~", "~0").replace("/", "~1");
        rules.line(at, name, MAX_NAME);
        rules.hold(!looksSecret(name), at, "secret", "belongs into the credential, not here");
        check(rules, at, member.getValue(), depth + 1);
      }
    }
  }

  private static boolean looksSecret(String name) {
    String letters = PUNCTUATION.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    return SECRET.matcher(letters).find();
  }
}
