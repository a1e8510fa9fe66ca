package io.varve.projections.document;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.TenantEvent;
import io.varve.projections.feed.LedgerEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a batch does to one stream: its state before, and after all of the batch's events. */
public final class Change {

  private final StreamKey key;
  private final StreamDefinition<?, ?> stream;
  private final @Nullable State before;
  private @Nullable State after;
  private long sequence;
  private long number;
  private long position;
  private Instant created = Instant.EPOCH;
  private Instant at = Instant.EPOCH;

  Change(StreamKey key, StreamDefinition<?, ?> stream, @Nullable Folded found) {
    this.key = key;
    this.stream = stream;
    this.before = found == null ? null : found.state();
    this.after = before;
    this.sequence = found == null ? -1 : found.sequence();
    if (found != null) {
      this.created = found.created();
    }
  }

  /**
   * Folds one more event in.
   *
   * @throws IllegalStateException if it is not the one after the last
   */
  void fold(LedgerEvent stored, TenantEvent event) {
    if (stored.sequence() != sequence + 1) {
      throw new IllegalStateException(
          "sequence %d follows %d at position %d"
              .formatted(stored.sequence(), sequence, stored.position()));
    }
    after = stream.evolve(after, event);
    sequence = stored.sequence();
    number = stored.number();
    position = stored.position();
    at = stored.at();
    if (sequence == 0) {
      created = at;
    }
  }

  public StreamKey key() {
    return key;
  }

  StreamDefinition<?, ?> stream() {
    return stream;
  }

  /** The state that the batch found; null if the stream begins in it. */
  public @Nullable State before() {
    return before;
  }

  public State after() {
    State state = after;
    if (state == null) {
      throw new IllegalStateException("nothing was folded");
    }
    return state;
  }

  Folded folded(int size) {
    return new Folded(after(), sequence, number, position, created, at, size);
  }
}
