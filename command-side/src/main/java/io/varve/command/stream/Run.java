package io.varve.command.stream;

import io.varve.command.Terms;
import io.varve.events.access.Caller;
import io.varve.postgres.ledger.StoredEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at deciding one command: who asks, on what terms, what was read and what was stored.
 * Bound to the thread that decides for as long as it does, the commit included.
 */
public final class Run {

  private static final ScopedValue<Run> CURRENT = ScopedValue.newInstance();

  private final Caller caller;
  private final Terms terms;
  private final Set<Object> cachedStates = new HashSet<>();
  private long number;
  private boolean stored;
  private boolean claimsRead;
  private final Map<StreamKey, List<StoredEvent>> ahead = new HashMap<>();

  public Run(Caller caller, Terms terms) {
    this.caller = caller;
    this.terms = terms;
  }

  /**
   * @throws IllegalStateException outside the handling of a command
   */
  public static Run current() {
    return CURRENT.orElseThrow(() -> new IllegalStateException("no command is being handled here"));
  }

  public <T, X extends Throwable> T bind(ScopedValue.CallableOp<T, X> action) throws X {
    return ScopedValue.where(CURRENT, this).call(() -> caller.bind(action));
  }

  public Caller caller() {
    return caller;
  }

  public Terms terms() {
    return terms;
  }

  /** The streams whose state came from memory, so that it may be older than the ledger. */
  public Set<Object> cachedStates() {
    return cachedStates;
  }

  void readFromCache(Object key) {
    cachedStates.add(key);
  }

  /** Notes that the decision rests on who held which unique values when it was made. */
  public void readClaims() {
    claimsRead = true;
  }

  public boolean hasReadClaims() {
    return claimsRead;
  }

  /** Keeps a whole stream, as it was read, until it is loaded. */
  public void keepAhead(StreamKey key, List<StoredEvent> events) {
    ahead.put(key, events);
  }

  /** Whether the stream was read already. */
  public boolean isAhead(StreamKey key) {
    return ahead.containsKey(key);
  }

  /** The stream if it was read already. It is kept no longer. */
  public @Nullable List<StoredEvent> takeAhead(StreamKey key) {
    return ahead.remove(key);
  }

  /** Notes that the command's events are durable. */
  public void stored(long lastNumber) {
    stored = true;
    number = lastNumber;
  }

  public boolean isStored() {
    return stored;
  }

  public long number() {
    return number;
  }

  /** The version that the caller decided on, if it said one. */
  @Nullable Long expectedSequence() {
    return terms.expectedSequence();
  }
}
