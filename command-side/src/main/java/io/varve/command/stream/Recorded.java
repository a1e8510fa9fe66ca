package io.varve.command.stream;

import io.varve.events.diff.Diff;
import org.axonframework.messaging.MetaData;

/**
 * What travels with an event from the aggregate that records it to the ledger that stores it.
 *
 * @param endsTenant whether the ledger takes no event of the tenant after it
 */
public record Recorded(Diff diff, Claims claims, boolean endsTenant) {

  private static final String KEY = "varve.recorded";

  MetaData metaData() {
    return MetaData.with(KEY, this);
  }

  /**
   * @throws IllegalStateException if the event was not recorded by a {@link StreamAggregate}
   */
  public static Recorded of(MetaData metaData) {
    if (metaData.get(KEY) instanceof Recorded recorded) {
      return recorded;
    }
    throw new IllegalStateException("an event reached the ledger without its diff");
  }
}
