package io.varve.projections.comparison;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.TenantEvent;
import io.varve.events.catalog.EventTypes;
import io.varve.projections.document.StreamKey;
import io.varve.projections.feed.LedgerEvent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream while it is folded, event by event. */
final class Folding {

  private final StreamKey key;
  private @Nullable StreamDefinition<?, ?> stream;
  private @Nullable State state;
  private @Nullable LedgerEvent last;
  private Instant created = Instant.EPOCH;
  private @Nullable String broken;

  /** What a stream has come to with its last event. */
  record Result(
      StreamKey key,
      StreamDefinition<?, ?> stream,
      State state,
      Instant created,
      LedgerEvent last) {}

  Folding(StreamKey key) {
    this.key = key;
  }

  StreamKey key() {
    return key;
  }

  void add(LedgerEvent event) {
    if (broken != null) {
      return;
    }
    long follows = last == null ? 0 : last.sequence() + 1;
    if (event.sequence() != follows) {
      broken = "has no event of sequence %d in the ledger".formatted(follows);
      return;
    }
    try {
      TenantEvent told = event.event();
      StreamDefinition<?, ?> itsStream = EventTypes.catalog().streamOf(told);
      state = itsStream.evolve(state, told);
      stream = itsStream;
    } catch (RuntimeException e) {
      // Whatever a fold throws at what was stored: its message may hold what nobody should read.
      broken =
          "cannot be folded at sequence %d (%s)"
              .formatted(event.sequence(), e.getClass().getSimpleName());
    }
    if (follows == 0) {
      created = event.at();
    }
    last = event;
  }

  /** Why it cannot be folded, if it cannot. */
  Optional<Difference> broken() {
    String kind = stream == null ? "stream" : stream.name();
    return Optional.ofNullable(broken)
        .map(what -> new Difference(kind, key.tenant(), key.id(), what));
  }

  /** Nothing before the first event, or where it is {@link #broken}. */
  Optional<Result> result() {
    return broken != null || stream == null || state == null || last == null
        ? Optional.empty()
        : Optional.of(new Result(key, stream, state, created, last));
  }
}
