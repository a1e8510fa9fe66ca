package io.varve.projections.verify;

import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.TenantEvent;
import io.varve.events.catalog.EventTypes;
import io.varve.events.catalog.Streams;
import io.varve.events.catalog.UnknownEventTypeException;
import io.varve.events.diff.Change;
import io.varve.events.diff.Diff;
import io.varve.events.personal.Personal;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Provenance;
import io.varve.evidence.bundle.SealedTexts;
import io.varve.evidence.ledger.Envelope;
import io.varve.postgres.vault.ErasedSubjects;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One stream after the other, folded again event by event: its sequences have no hole, and each
 * event's recorded diff is the difference that it makes.
 *
 * <p>A state may have members that it did not have when a stream began; the diffs of those days say
 * nothing of them. So what a stream's first diff does not mention, although the fold now has it,
 * may be missing from its later diffs.
 */
final class StreamLaw {

  private final EventTypes types = EventTypes.catalog();
  private final ErasedSubjects erased;
  private @Nullable UUID id;
  private @Nullable StreamDefinition<?, ?> stream;
  private @Nullable State state;
  private @Nullable JsonNode tree;
  private Set<String> late = Set.of();
  private long sequence;
  private long streams;
  private long erasedFields;

  StreamLaw(ErasedSubjects erased) {
    this.erased = erased;
  }

  /** How many personal texts nobody can read any more. */
  long erasedFields() {
    return erasedFields;
  }

  long streams() {
    return streams;
  }

  /** The next event of this stream, or the first of the next. */
  void next(Envelope event) {
    if (!event.id().equals(id)) {
      begin(event);
    }
    if (event.sequence() != sequence) {
      throw BrokenException.of(
          event, "follows upon a hole: sequence %d is missing".formatted(sequence));
    }
    StreamDefinition<?, ?> definition = Objects.requireNonNull(stream);
    if (!event.stream().equals(definition.name())) {
      throw BrokenException.of(event, "says that it is of %s".formatted(event.stream()));
    }
    try {
      fold(event, definition);
    } catch (JacksonException | UnknownEventTypeException | ClassCastException unreadable) {
      throw BrokenException.of(event, "cannot be read: %s".formatted(unreadable.getMessage()));
    }
    sequence++;
    if (!erased.isEmpty()) {
      SealedTexts.in(event.payload().utf8(), this::count);
      SealedTexts.in(event.provenance().utf8(), this::count);
    }
  }

  private void count(Personal text) {
    if (erased.contains(text.subject())) {
      erasedFields++;
    }
  }

  private void begin(Envelope event) {
    id = event.id();
    stream =
        Streams.named(event.stream())
            .orElseThrow(() -> BrokenException.of(event, "is of no kind that is known"));
    state = null;
    tree = null;
    late = Set.of();
    sequence = 0;
    streams++;
  }

  private void fold(Envelope event, StreamDefinition<?, ?> definition) {
    Provenance provenance = Json.read(event.provenance().text(), Provenance.class);
    requireSameActors(event, provenance);
    TenantEvent happened = types.decode(event.type(), event.revision(), event.payload().text());
    State after = definition.evolve(state, happened);
    JsonNode afterTree = Objects.requireNonNull(Json.tree(after));
    Diff made = Diff.between(tree, afterTree);
    if (!made.equals(provenance.diff())) {
      if (tree == null) {
        late = lateMembers(afterTree, provenance.diff());
      }
      requireSame(event, made.changes(), provenance.diff().changes());
    }
    state = after;
    tree = afterTree;
  }

  /** In whatever order, and but for what the stream did not have in its early days. */
  private void requireSame(Envelope event, List<Change> made, List<Change> recorded) {
    var missing = new HashSet<>(made);
    for (Change change : recorded) {
      if (!missing.remove(change)) {
        throw BrokenException.of(
            event, "says that it changed %s, which it did not, or not so".formatted(change.path()));
      }
    }
    for (Change change : missing) {
      if (!late.contains(member(change.path()))) {
        throw BrokenException.of(event, "changed %s, and does not say so".formatted(change.path()));
      }
    }
  }

  private static Set<String> lateMembers(JsonNode first, Diff recorded) {
    var late = new HashSet<>(first.propertyNames());
    recorded.changes().forEach(change -> late.remove(member(change.path())));
    return late;
  }

  /** The name of the state's member that a path leads into. */
  private static String member(String path) {
    int end = path.indexOf('/', 1);
    return path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
  }

  /** The columns say the same as what people read. */
  private static void requireSameActors(Envelope event, Provenance provenance) {
    Actor impersonator = provenance.impersonator();
    boolean same =
        isActor(provenance.actor(), event.actorKind(), event.actorId())
            && (impersonator == null
                ? event.impersonatorKind() == null && event.impersonatorId() == null
                : isActor(impersonator, event.impersonatorKind(), event.impersonatorId()))
            && Objects.equals(provenance.request(), event.request());
    if (!same) {
      throw BrokenException.of(event, "names another actor, impersonator or request than its row");
    }
  }

  private static boolean isActor(Actor actor, @Nullable String kind, @Nullable UUID id) {
    return actor.kind().text().equals(kind) && actor.id().equals(id);
  }
}
