package io.varve.evidence.bundle;

import static java.util.Objects.requireNonNull;

import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.TenantEvent;
import io.varve.events.catalog.EventTypes;
import io.varve.events.catalog.UnknownEventTypeException;
import io.varve.events.diff.DiffMismatchException;
import io.varve.events.provenance.Provenance;
import io.varve.evidence.ledger.Envelope;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Folds the events of whole streams: their sequences have no holes, each diff leads from the state
 * before to the state after, and what they come to is what the bundle says. Streams are taken some
 * at a time, so that memory is bounded however many there are; for each turn the events are read
 * again.
 */
final class Folds {

  private static final int STREAMS_AT_ONCE = 25_000;

  /** Numbers are equal if they are worth the same, however they are written. */
  private static final Comparator<JsonNode> SAME =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  private final Archive archive;
  private final Manifest manifest;
  private final int turns;

  /** Where a stream has got to. */
  private record Folded(StreamDefinition<?, ?> stream, long sequence, State state, JsonNode tree) {}

  /**
   * @param streams how many there are
   */
  Folds(Archive archive, Manifest manifest, long streams) {
    this.archive = archive;
    this.manifest = manifest;
    this.turns = 1 + (int) (streams / STREAMS_AT_ONCE);
  }

  void check(Progress progress) throws IOException {
    for (int turn = 0; turn < turns; turn++) {
      Map<UUID, Folded> folded = fold(turn, progress);
      compare(turn, folded);
    }
  }

  private Map<UUID, Folded> fold(int turn, Progress progress) throws IOException {
    var folded = new HashMap<UUID, Folded>();
    try (Lines lines = Lines.of(archive, BundleFile.EVENTS)) {
      while (lines.next()) {
        byte[] line = lines.line();
        if (isOf(turn, EventLine.id(line))) {
          Envelope event = EventLine.parse(line);
          folded.compute(event.id(), (id, before) -> after(before, event));
        }
        progress.at(turn * manifest.events() + lines.number(), turns * manifest.events());
      }
    }
    return folded;
  }

  private Folded after(@Nullable Folded before, Envelope event) {
    try {
      return follow(before, event);
    } catch (UnknownEventTypeException unknown) {
      throw bad(event, "is of a type that this verifier does not know", unknown);
    } catch (DiffMismatchException otherwise) {
      throw bad(event, "has a diff of another state than there was before it", otherwise);
    } catch (JacksonException malformed) {
      throw bad(event, "has a payload or provenance that is not of its type", malformed);
    } catch (RuntimeException unfit) {
      if (unfit instanceof BadBundleException) {
        throw unfit;
      }
      throw bad(event, "does not follow from the events before it", unfit);
    }
  }

  private static Folded follow(@Nullable Folded before, Envelope event) {
    long expected = before == null ? 0 : before.sequence() + 1;
    if (event.sequence() != expected) {
      throw bad(event, "has sequence %d, where %d is due".formatted(event.sequence(), expected));
    }
    TenantEvent decoded =
        EventTypes.catalog().decode(event.type(), event.revision(), event.payload().text());
    StreamDefinition<?, ?> stream = EventTypes.catalog().streamOf(decoded);
    if (!stream.name().equals(event.stream())
        || (before != null && !before.stream().equals(stream))) {
      throw bad(event, "is no event of its stream");
    }
    State state = stream.evolve(before == null ? null : before.state(), decoded);
    JsonNode tree = requireNonNull(Json.tree(state));
    Provenance provenance = Json.read(event.provenance().text(), Provenance.class);
    if (!state.id().value().equals(event.id())
        || !provenance.diff().applyTo(before == null ? null : before.tree()).equals(tree)) {
      throw bad(event, "has a diff that leads to another state than the event does");
    }
    return new Folded(stream, event.sequence(), state, tree);
  }

  private void compare(int turn, Map<UUID, Folded> folded) throws IOException {
    try (States states = new States(Lines.of(archive, BundleFile.STATE))) {
      for (StateLine line = states.next(); line != null; line = states.next()) {
        if (!isOf(turn, line.id())) {
          continue;
        }
        Folded stream = folded.remove(line.id());
        if (stream == null
            || !stream.stream().name().equals(line.stream())
            || stream.sequence() != line.sequence()
            || !stream.tree().equals(SAME, line.state())) {
          throw new BadBundleException(
              "state.json: the state of %s is not what its events come to".formatted(line.id()));
        }
      }
    }
    if (!folded.isEmpty()) {
      throw new BadBundleException(
          "state.json: the state of %s is missing".formatted(folded.keySet().iterator().next()));
    }
  }

  private boolean isOf(int turn, UUID id) {
    return Math.floorMod(id.hashCode(), turns) == turn;
  }

  private static BadBundleException bad(Envelope event, String what) {
    return new BadBundleException("event %d %s".formatted(event.number(), what));
  }

  private static BadBundleException bad(Envelope event, String what, Throwable cause) {
    return new BadBundleException("event %d %s".formatted(event.number(), what), cause);
  }
}
