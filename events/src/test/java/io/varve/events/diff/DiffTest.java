package io.varve.events.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.Json;
import io.varve.events.histories.Documents;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DiffTest {

  @Provide
  Arbitrary<ObjectNode> documents() {
    return Documents.objects();
  }

  @Property
  void theDiffOfTwoDocumentsLeadsFromTheOneToTheOtherAlsoAfterItWasStored(
      @ForAll("documents") ObjectNode before, @ForAll("documents") ObjectNode after) {
    Diff diff = Diff.between(before, after);
    Diff stored = Json.read(Json.write(diff), Diff.class);
    assertThat(stored).isEqualTo(diff);
    assertThat(stored.applyTo(before)).isEqualTo(after);
  }

  @Property
  void theDiffFromNothingBuildsTheDocument(@ForAll("documents") ObjectNode document) {
    Diff stored = Json.read(Json.write(Diff.between(null, document)), Diff.class);
    assertThat(stored.applyTo(null)).isEqualTo(document);
  }

  @Property
  void aDocumentDoesNotDifferFromItself(@ForAll("documents") ObjectNode document) {
    assertThat(Diff.between(document, document.deepCopy()).isEmpty()).isTrue();
  }

  @Property
  void applyingADiffLeavesTheDocumentsItWasMadeFromAlone(
      @ForAll("documents") ObjectNode before, @ForAll("documents") ObjectNode after) {
    ObjectNode wasBefore = before.deepCopy();
    ObjectNode wasAfter = after.deepCopy();
    Diff diff = Diff.between(before, after);
    Diff copy = Json.read(Json.write(diff), Diff.class);
    diff.applyTo(before);
    assertThat(before).isEqualTo(wasBefore);
    assertThat(after).isEqualTo(wasAfter);
    assertThat(diff).isEqualTo(copy);
  }

  @Property
  void aDiffFitsNoDocumentThatDiffersWhereItChangesSomething(
      @ForAll("documents") ObjectNode before,
      @ForAll("documents") ObjectNode after,
      @ForAll("documents") ObjectNode other) {
    Diff diff = Diff.between(before, after);
    Assume.that(
        diff.changes().stream()
            .anyMatch(change -> !other.at(change.path()).equals(before.at(change.path()))));
    assertThatThrownBy(() -> diff.applyTo(other)).isInstanceOf(DiffMismatchException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {}                | {"a":1}           | [{"path":"/a","to":1}]
          {"a":1}           | {}                | [{"path":"/a","from":1}]
          {"a":1}           | {"a":2}           | [{"path":"/a","from":1,"to":2}]
          {"a":5.0}         | {"a":5.00}        | [{"path":"/a","from":5.0,"to":5.00}]
          {"a":null}        | {}                | [{"path":"/a","from":null}]
          {}                | {"a":null}        | [{"path":"/a","to":null}]
          {"a":[1]}         | {"a":[1,2]}       | [{"path":"/a","from":[1],"to":[1,2]}]
          {"a":{"b":1}}     | {"a":{"b":2}}     | [{"path":"/a/b","from":1,"to":2}]
          {"a":{"b":1}}     | {"a":{}}          | [{"path":"/a/b","from":1}]
          {"a":{}}          | {}                | [{"path":"/a","from":{}}]
          {}                | {"a":{}}          | [{"path":"/a","to":{}}]
          {}                | {"a":{"b":1}}     | [{"path":"/a/b","to":1}]
          {"a":{"b":1}}     | {"a":1}           | [{"path":"/a","from":{"b":1},"to":1}]
          {"a":1}           | {"a":{"b":1}}     | [{"path":"/a","from":1,"to":{"b":1}}]
          {}                | {"a/b":{"m~n":1}} | [{"path":"/a~1b/m~0n","to":1}]
          {}                | {"~1":1,"":2}     | [{"path":"/~01","to":1},{"path":"/","to":2}]
          """)
  void eachChangeIsNamedByItsPointer(String before, String after, String diff) {
    Diff made = Diff.between(json(before), json(after));
    assertThat(Json.write(made)).isEqualTo(diff);
    assertThat(Json.write(made.applyTo(json(before)))).isEqualTo(after);
  }

  @Test
  void anEmptyDocumentFromNothingIsAChangeOfTheWhole() {
    Diff diff = Diff.between(null, json("{}"));
    assertThat(Json.write(diff)).isEqualTo("[{\"path\":\"\",\"to\":{}}]");
    assertThat(diff.applyTo(null)).isEqualTo(json("{}"));
    assertThatThrownBy(() -> diff.applyTo(json("{}"))).isInstanceOf(DiffMismatchException.class);
  }

  @Test
  void anEmptyDiffOfNothingLeadsNowhere() {
    Diff diff = Diff.between(json("{}"), json("{}"));
    assertThatThrownBy(() -> diff.applyTo(null)).isInstanceOf(DiffMismatchException.class);
  }

  @Test
  void aDiffThroughAValueThatIsNoObjectIsAMismatch() {
    Diff diff = Diff.between(json("{\"a\":{\"b\":1}}"), json("{\"a\":{\"b\":2}}"));
    assertThatThrownBy(() -> diff.applyTo(json("{\"a\":[1]}")))
        .isInstanceOf(DiffMismatchException.class)
        .hasMessageContaining("/a/b");
  }

  private static JsonNode json(String text) {
    return Json.read(text, JsonNode.class);
  }
}
