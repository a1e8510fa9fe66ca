package io.varve.events;

import org.jspecify.annotations.Nullable;

/**
 * One kind of stream: its name, its events and the fold that turns them into a state.
 *
 * <p>There is one fold, and everything uses it: commands decide on its result, read models store
 * it, "as of" answers with it and the diff law is proved against it.
 *
 * @param name the stream's name in the ledger and the first part of its events' names
 * @param stateType the record that events fold into
 * @param eventType the sealed interface of its events
 * @param fold {@code evolve}: pure, total for every sequence of events that was ever recorded
 * @param foldRevision raised whenever the same events fold into another state than before, or the
 *     state has another shape; what was stored of an older fold is then not used
 */
public record StreamDefinition<S extends State, E extends TenantEvent>(
    String name, Class<S> stateType, Class<E> eventType, Fold<S, E> fold, int foldRevision) {

  /** A stream whose fold is as it was first. */
  public StreamDefinition(String name, Class<S> stateType, Class<E> eventType, Fold<S, E> fold) {
    this(name, stateType, eventType, fold, 1);
  }

  /** {@code evolve(state, event)}; the state is null before a stream's first event. */
  @FunctionalInterface
  public interface Fold<S, E> {
    S evolve(@Nullable S state, E event);
  }

  /**
   * Folds one more event into a state of this stream.
   *
   * @throws ClassCastException if either is not of this stream
   */
  public S evolve(@Nullable State state, TenantEvent event) {
    return fold.evolve(stateType.cast(state), eventType.cast(event));
  }
}
