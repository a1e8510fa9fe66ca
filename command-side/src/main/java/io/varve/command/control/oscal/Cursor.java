package io.varve.command.control.oscal;

import io.varve.events.rule.InvalidException;
import io.varve.events.rule.Violation;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Walks through a JSON document as it streams by, and knows where it stands. What is skipped is
 * never held in memory, however long it is.
 */
final class Cursor implements AutoCloseable {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxNumberLength(100)
                  .maxNameLength(1_000)
                  .maxStringLength(100_000)
                  .maxDocumentLength(CatalogReader.MAX_BYTES)
                  .build())
          .build();

  private final JsonParser json;

  Cursor(InputStream document) {
    this.json = FACTORY.createParser(ObjectReadContext.empty(), document);
    json.nextToken();
  }

  /** Where it stands, as a JSON pointer (RFC 6901). */
  String pointer() {
    return json.streamReadContext().pathAsPointer().toString();
  }

  /** Goes through the members of an object; for each, what is given consumes the value. */
  void object(Consumer<String> member) {
    expect(JsonToken.START_OBJECT, "must be an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      member.accept(name);
    }
  }

  /** Goes through the elements of an array; what is given consumes each. */
  void array(Runnable element) {
    expect(JsonToken.START_ARRAY, "must be an array");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      element.run();
    }
  }

  void texts(List<String> into) {
    array(() -> into.add(text()));
  }

  String text() {
    expect(JsonToken.VALUE_STRING, "must be a text");
    return json.getString();
  }

  void skip() {
    json.skipChildren();
  }

  /** Sees to it that nothing follows the document. */
  void end() {
    if (json.nextToken() != null) {
      throw new NotACatalogException(new Violation("", "trailing", "must be followed by nothing"));
    }
  }

  /** What is here does not belong here. */
  NotACatalogException misplaced(String code, String message) {
    return new NotACatalogException(new Violation(pointer(), code, message));
  }

  /** What is here breaks a rule. */
  InvalidException wrong(String code, String message) {
    return new InvalidException(List.of(new Violation(pointer(), code, message)));
  }

  @Override
  public void close() {
    json.close();
  }

  private void expect(JsonToken token, String message) {
    if (json.currentToken() != token) {
      throw misplaced("wrong-type", message);
    }
  }
}
