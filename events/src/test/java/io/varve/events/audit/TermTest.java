package io.varve.events.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.Json;
import io.varve.events.diff.Diff;
import io.varve.events.personal.Personal;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Provenance;
import io.varve.events.provenance.Via;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TermTest {

  private static final UUID ID = UUID.fromString("0197b0c2-7d2e-7c5a-9d3f-3b1a4e6f7a01");

  @Test
  void aWordIsARunOfLettersAndDigitsInAnyCase() {
    assertThat(Words.of("The Pharmacy-Robot's ward 7b; the ROBOT."))
        .containsExactly("the", "pharmacy", "robot", "s", "ward", "7b");
    assertThat(Words.of("STRASSE")).isEqualTo(Words.of("Straße")).hasSize(1);
    assertThat(Words.of("ΟΔΟΣ")).isEqualTo(Words.of("οδος"));
    assertThat(Words.of("ﬁle Cafe\u0301")).containsExactly("file", "café");
    assertThat(Words.of("風險 risk")).containsExactly("風", "險", "risk");
    assertThat(Words.of(" – …\n")).isEmpty();
  }

  @Test
  void anIdentifierIsOneWord() {
    assertThat(Words.of("see " + ID + ", please")).containsExactly("see", ID.toString(), "please");
  }

  @Test
  void anEventIsFoundByTheWordsOfItsChangesAndByNothingThatIsSealed() {
    var sealed = Personal.of(ID, new byte[40]);
    Set<Term> terms =
        terms(
            "{\"title\":\"Old\",\"name\":\"" + sealed.text() + "\",\"n\":1}",
            "{\"title\":\"New one\",\"name\":\""
                + Personal.of(ID, new byte[44]).text()
                + "\",\"n\":2,\"tags\":[\"Red\",{\"x\":\"blue\"}],\"at\":\"2026-01-02T03:04:05.6Z\"}");
    assertThat(values(terms, Term.Kind.WORD))
        .containsExactlyInAnyOrder("old", "new", "one", "red", "blue");
  }

  @Test
  void anEventIsFoundByEveryPointerToAChangeAndWhatHoldsIt() {
    Set<Term> terms =
        terms("{\"a\":{\"b\":1,\"c\":1},\"x/y\":1}", "{\"a\":{\"b\":2,\"c\":1},\"x/y\":2}");
    assertThat(values(terms, Term.Kind.PATH)).containsExactlyInAnyOrder("/a", "/a/b", "/x~1y");
  }

  @Test
  void anEventIsFoundByWhoWhatAndWherefrom() {
    assertThat(terms(null, "{}"))
        .contains(
            new Term(Term.Kind.ACTOR, new UUID(0, 1).toString()),
            new Term(Term.Kind.IMPERSONATOR, new UUID(0, 2).toString()),
            new Term(Term.Kind.STREAM, "risk"),
            new Term(Term.Kind.ID, ID.toString()),
            new Term(Term.Kind.TYPE, "risk.identified"),
            new Term(Term.Kind.REQUEST, "request-1"),
            new Term(Term.Kind.TRACE, "trace-1"));
  }

  /** What is stored under a key is found under it in every later version. */
  @Test
  void aKeyIsTheBeginningOfAHash() {
    assertThat(new Term(Term.Kind.WORD, "robot").key()).isEqualTo(0x0c9e7786ef5c5917L);
  }

  private static Set<Term> terms(@Nullable String before, String after) {
    Diff diff =
        Diff.between(
            before == null ? null : Json.read(before, JsonNode.class),
            Json.read(after, JsonNode.class));
    return Term.of(
        "risk",
        ID,
        "risk.identified",
        new Provenance(
            Actor.user(new UUID(0, 1)),
            Actor.user(new UUID(0, 2)),
            Via.API,
            null,
            "request-1",
            "trace-1",
            null,
            diff));
  }

  private static Set<String> values(Set<Term> terms, Term.Kind kind) {
    return terms.stream()
        .filter(term -> term.kind() == kind)
        .map(Term::value)
        .collect(Collectors.toSet());
  }
}
