package io.varve.projections.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.time.Duration;
import java.util.List;

/**
 * Reads blocks, once for all segments: they work on the same ones at about the same time. One that
 * has fallen behind reads again.
 */
public final class Blocks {

  /** Characters of events that are kept. */
  private static final long KEPT = 64L << 20;

  /** Once a processor has caught up, nobody needs what it was behind. */
  private static final Duration KEPT_FOR = Duration.ofSeconds(10);

  /** Positions are dense and appear in order, so that what is read is all there is. */
  private static final String READ =
      """
      select position, tenant_id, number, id, sequence, type, revision, at, payload
        from ledger.event
       where position > ? and position <= ?
       order by position
      """;

  private final Database database;
  private final Cache<Block, List<LedgerEvent>> cache =
      Caffeine.newBuilder()
          .maximumWeight(KEPT)
          .weigher((Block block, List<LedgerEvent> events) -> weight(events))
          .expireAfterAccess(KEPT_FOR)
          .scheduler(Scheduler.systemScheduler())
          .executor(Runnable::run)
          .build();

  public Blocks(Database database) {
    this.database = database;
  }

  /**
   * The events of a block, in order.
   *
   * @throws IllegalStateException if the ledger lacks one of them
   */
  public List<LedgerEvent> events(Block block) {
    return cache.get(block, this::read);
  }

  private List<LedgerEvent> read(Block block) {
    List<LedgerEvent> events =
        database.query(
            Scope.projector(),
            READ,
            (statement, first) -> {
              statement.setLong(first, block.after());
              statement.setLong(first + 1, block.upTo());
            },
            LedgerEvent::read);
    if (events.size() != block.upTo() - block.after()) {
      throw new IllegalStateException("the ledger has a gap after position " + block.after());
    }
    return events;
  }

  private static int weight(List<LedgerEvent> events) {
    return events.stream().mapToInt(LedgerEvent::size).sum();
  }
}
