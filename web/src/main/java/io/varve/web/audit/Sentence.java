package io.varve.web.audit;

import io.varve.events.catalog.EventTypes;
import io.varve.events.provenance.Actor;
import io.varve.query.audit.AuditEntry;
import io.varve.query.audit.TrailNames.Thing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says an event to a person: who, acting as whom, did what to which thing, and what changed. */
record Sentence(Names names) {

  private static final String IT = "{it}";
  private static final Set<String> NAMES = Set.of("/name", "/title", "/matter", "/purpose");
  private static final int MOST_CHANGES = 4;

  /**
   * @param diff as it is shown: nothing sealed is in it
   */
  String of(AuditEntry entry, JsonNode diff) {
    String did =
        EventTypes.catalog()
            .says(entry.type())
            .orElse("did “" + entry.type() + "” to " + IT)
            .replace(IT, it(new Thing(entry.stream(), entry.id()), diff));
    return who(entry) + " " + did + changes(entry, diff) + ".";
  }

  private String who(AuditEntry entry) {
    Actor actor = entry.provenance().actor();
    Actor impersonator = entry.provenance().impersonator();
    return impersonator == null
        ? who(actor, "A", "T")
        : who(impersonator, "A", "T") + ", acting as " + who(actor, "a", "t") + ",";
  }

  /** A person's name stays as it is written; what stands for it begins a sentence or does not. */
  private String who(Actor actor, String a, String t) {
    Thing thing = Names.thing(actor);
    @Nullable String name = names.of(thing);
    return switch (actor.kind()) {
      case SYSTEM -> "Varve";
      case USER ->
          name != null
              ? name
              : names.isErased(thing) ? a + "n erased user" : t + "he user " + actor.id();
      case API_KEY -> t + "he API key " + (name != null ? "“" + name + "”" : actor.id());
      case CONNECTOR, WORKFLOW, PANEL -> t + "he " + actor.kind().text() + " " + actor.id();
    };
  }

  private String it(Thing thing, JsonNode diff) {
    if (names.isErased(thing)) {
      return "whose name was erased";
    }
    return Optional.ofNullable(names.of(thing))
        .or(() -> given(diff))
        .map(name -> "“" + name + "”")
        .orElse(thing.id().toString());
  }

  /** The name that the event itself gave: the read models may not have it yet. */
  private static Optional<String> given(JsonNode diff) {
    return diff.values().stream()
        .filter(change -> NAMES.contains(change.path("path").asString("")))
        .map(change -> change.path("to"))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .findFirst();
  }

  /** What is new is all new: only of a change it is said what it was. */
  private static String changes(AuditEntry entry, JsonNode diff) {
    List<Changed> all =
        entry.sequence() == 0 ? List.of() : diff.values().stream().map(Changed::of).toList();
    List<Changed> telling = all.stream().filter(Changed::isTelling).toList();
    List<Changed> told = telling.isEmpty() ? all : telling;
    if (told.isEmpty()) {
      return "";
    }
    return told.stream()
            .limit(MOST_CHANGES)
            .map(Changed::text)
            .collect(Collectors.joining(", ", ": ", ""))
        + Optional.of(told.size() - MOST_CHANGES)
            .filter(left -> left > 0)
            .map(left -> " and " + left + " more")
            .orElse("");
  }
}
