package io.varve.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.Json;
import io.varve.events.catalog.EventTypes;
import io.varve.events.diff.Diff;
import io.varve.events.personal.Personal;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Provenance;
import io.varve.events.provenance.Via;
import io.varve.query.audit.AuditEntry;
import io.varve.query.audit.TrailNames.Thing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SentenceTest {

  private static final Actor HANNA = Actor.user(new UUID(0, 1));
  private static final Actor ROBIN = Actor.user(new UUID(0, 2));
  private static final Actor ERASED = Actor.user(new UUID(0, 3));
  private static final Actor STRANGER = Actor.user(new UUID(0, 4));
  private static final Actor KEY = Actor.apiKey(new UUID(0, 5));
  private static final UUID THING = new UUID(0, 9);
  private static final Personal SEALED = Personal.of(THING, new byte[40]);

  private static final String CHANGE = "{\"path\":\"/likelihood\",\"from\":2,\"to\":4}";

  @Test
  void aSentenceSaysWhoChangedWhatFromWhatToWhat() {
    assertThat(said("risk.reassessed", HANNA, null, CHANGE))
        .isEqualTo("Hanna Weiss changed the risk “The robot is down”: likelihood 2 → 4.");
    assertThat(said("risk.reassessed", HANNA, ROBIN, CHANGE))
        .isEqualTo(
            "Robin Hale, acting as Hanna Weiss, changed the risk “The robot is down”:"
                + " likelihood 2 → 4.");
  }

  @Test
  void whoHasNoNameIsSaidToHaveNone() {
    assertThat(said("risk.closed", ERASED, null)).startsWith("An erased user closed the risk “");
    assertThat(said("risk.closed", ERASED, ROBIN)).startsWith("Robin Hale, acting as an erased");
    assertThat(said("risk.closed", STRANGER, null)).startsWith("The user " + STRANGER.id() + " ");
    assertThat(said("risk.closed", KEY, null)).startsWith("The API key “Scanner” closed");
    assertThat(said("risk.closed", Actor.system(THING), null)).startsWith("Varve closed");
    assertThat(said("user.disabled", HANNA, null))
        .isEqualTo("Hanna Weiss disabled the user whose name was erased.");
    assertThat(said("kri.linked", HANNA, null)).contains("the KRI " + THING);
  }

  @Test
  void aThingThatIsNotInTheReadModelsYetHasTheNameThatTheEventGivesIt() {
    AuditEntry first = entry("kri.defined", 0, HANNA, null);
    String named = "{\"path\":\"/name\",\"to\":\"Alerts\"}";
    assertThat(new Sentence(names()).of(first, diff(CHANGE, named)))
        .isEqualTo("Hanna Weiss defined the KRI “Alerts”.");
  }

  @Test
  void changesAreSaidAsFarAsTheySaySomething() {
    assertThat(changes("{\"path\":\"/status\",\"from\":\"open\",\"to\":\"closed\"}"))
        .isEqualTo("status open → closed");
    assertThat(changes("{\"path\":\"/title\",\"from\":\"Old one\",\"to\":\"New\"}"))
        .isEqualTo("title “Old one” → “New”");
    assertThat(changes("{\"path\":\"/current/value\",\"to\":1.50}"))
        .isEqualTo("current value set to 1.50");
    assertThat(changes("{\"path\":\"/owner\",\"from\":\"" + THING + "\"}"))
        .isEqualTo("owner removed");
    assertThat(changes("{\"path\":\"/name\",\"from\":null,\"to\":\"New\"}"))
        .isEqualTo("name changed");
    assertThat(changes("{\"path\":\"/a~1b\",\"from\":\"" + "x".repeat(90) + "\",\"to\":\"y\"}"))
        .isEqualTo("a/b changed");
    assertThat(
            changes("{\"path\":\"/techniques\",\"from\":[\"T1\",\"T2\"],\"to\":[\"T2\",\"T3\"]}"))
        .isEqualTo("techniques “T3” added, “T1” removed");
    assertThat(changes("{\"path\":\"/risks\",\"from\":[],\"to\":[\"" + THING + "\"]}"))
        .isEqualTo("risks 1 added");
    assertThat(
            changes(
                CHANGE,
                "{\"path\":\"/observedAt\",\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"}"))
        .isEqualTo("likelihood 2 → 4");
    assertThat(changes(CHANGE, CHANGE, CHANGE, CHANGE, CHANGE, CHANGE)).endsWith(" and 2 more");
  }

  @Test
  void whatIsNewIsNotSaidToHaveChanged() {
    AuditEntry first = entry("risk.identified", 0, HANNA, null);
    assertThat(new Sentence(names()).of(first, diff(CHANGE)))
        .isEqualTo("Hanna Weiss identified the risk “The robot is down”.");
  }

  /** Shows all of them, for people to read. */
  @Test
  void everyTypeOfEventIsASentence() {
    for (String type : EventTypes.catalog().names()) {
      String sentence = said(type, HANNA, null);
      System.out.println(type + ": " + sentence);
      assertThat(sentence).as(type).matches("Hanna Weiss [^{}]+[^ ]\\.");
    }
  }

  @Test
  void aTypeThatThisVersionDoesNotKnowIsSaidAllTheSame() {
    assertThat(said("risk.exploded", HANNA, null))
        .isEqualTo("Hanna Weiss did “risk.exploded” to “The robot is down”.");
  }

  private static String changes(String... changes) {
    String sentence = said("risk.described", HANNA, null, changes);
    return sentence.substring(sentence.indexOf(": ") + 2, sentence.length() - 1);
  }

  private static String said(
      String type, Actor actor, @Nullable Actor impersonator, String... changes) {
    return new Sentence(names()).of(entry(type, 1, actor, impersonator), diff(changes));
  }

  private static Names names() {
    Map<Thing, String> known = new HashMap<>();
    known.put(Names.thing(HANNA), "Hanna Weiss");
    known.put(Names.thing(ROBIN), "Robin Hale");
    known.put(Names.thing(ERASED), SEALED.text());
    known.put(Names.thing(KEY), "Scanner");
    known.put(new Thing("risk", THING), "The robot is down");
    known.put(new Thing("user", THING), SEALED.text());
    return new Names(known, Map.of());
  }

  private static JsonNode diff(String... changes) {
    return Json.read("[" + String.join(",", changes) + "]", JsonNode.class);
  }

  private static AuditEntry entry(
      String type, long sequence, Actor actor, @Nullable Actor impersonator) {
    var provenance =
        new Provenance(actor, impersonator, Via.API, null, null, null, null, new Diff(List.of()));
    return new AuditEntry(
        1,
        Instant.EPOCH,
        type.substring(0, type.indexOf('.')),
        THING,
        sequence,
        THING,
        type,
        1,
        Json.read("{}", JsonNode.class),
        provenance);
  }
}
