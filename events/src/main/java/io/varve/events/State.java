package io.varve.events;

import io.varve.events.rule.Rules;
import java.util.Set;

/** What the events of one stream fold into. An immutable record. */
public interface State {

  StreamId id();

  /** Reports every rule that this state breaks. A state that breaks one is never recorded. */
  void check(Rules rules);

  /**
   * The values that no other stream may hold while this state does. The ledger claims those that an
   * event adds and frees those that it takes away, in the transaction that stores the event.
   */
  default Set<UniqueValue> uniqueValues() {
    return Set.of();
  }

  /**
   * Whether the tenant that this stream is in has come to its end, so that the event which led here
   * is its last.
   */
  default boolean endsTenant() {
    return false;
  }
}
