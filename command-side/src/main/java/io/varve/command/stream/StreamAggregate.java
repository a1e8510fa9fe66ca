package io.varve.command.stream;

import static java.util.Objects.requireNonNull;

import io.varve.command.Decided;
import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.StreamId;
import io.varve.events.TenantEvent;
import io.varve.events.access.Caller;
import io.varve.events.diff.Diff;
import io.varve.events.rule.Rules;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * What every aggregate is: the state of one stream, and the one place where an event is recorded.
 * Its command handlers decide; the state only ever changes by the stream's fold.
 */
public abstract class StreamAggregate<S extends State, E extends TenantEvent> {

  /** How many events a fold may have before it is worth a snapshot. */
  static final int SNAPSHOT_EVERY = 500;

  private final StreamDefinition<S, E> stream;

  @AggregateIdentifier private @Nullable String key;
  private @Nullable S state;
  private long snapshotAt;

  protected StreamAggregate(StreamDefinition<S, E> stream) {
    this.stream = stream;
  }

  /** The state that the events so far lead to. */
  protected final S state() {
    return requireNonNull(state, "the stream has not begun");
  }

  /**
   * Records an event, together with what it changes and the unique values that it takes or frees.
   * An event that changes nothing is not recorded.
   *
   * @throws io.varve.events.rule.InvalidException if the state that it leads to breaks a rule
   */
  protected final void record(E event) {
    S after = stream.fold().evolve(state, event);
    if (after.equals(state)) {
      return;
    }
    var rules = new Rules();
    after.check(rules);
    rules.enforce();
    Diff diff = Diff.between(Json.tree(state), requireNonNull(Json.tree(after)));
    if (!diff.isEmpty()) {
      var recorded = new Recorded(diff, Claims.between(state, after), after.endsTenant());
      AggregateLifecycle.apply(event, recorded.metaData());
    }
  }

  /** The usual answer: who decided, and the version that the stream has now. */
  protected final Decided decided() {
    return new Decided(state().id().value(), AggregateLifecycle.getVersion());
  }

  @EventSourcingHandler
  final void on(TenantEvent event) {
    become(stream.evolve(state, event));
  }

  @EventSourcingHandler
  final void on(Snapshot snapshot) {
    become(stream.stateType().cast(snapshot.state()));
    snapshotAt = snapshot.sequence();
  }

  /**
   * Keeps a snapshot if the fold has become long since the last one.
   *
   * @param sequence of the last event that is folded, which must be durable
   */
  final void keepSnapshot(long sequence, Snapshots snapshots) {
    if (sequence - snapshotAt >= SNAPSHOT_EVERY) {
      snapshots.keep(
          StreamKey.parse(requireNonNull(key)),
          stream.name(),
          stream.foldRevision(),
          new Snapshot(sequence, state()));
      snapshotAt = sequence;
    }
  }

  private void become(S after) {
    if (key == null) {
      key = keyOf(after.id());
    }
    state = after;
  }

  private static String keyOf(StreamId id) {
    return new StreamKey(Caller.current().tenant(), id.value()).toString();
  }
}
