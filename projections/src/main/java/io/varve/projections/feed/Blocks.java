package io.varve.projections.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.time.Duration;
import java.util.List;

/**
 * Reads blocks, once for all segments of a processor: they work on the same ones at about the same
 * time. One that has fallen behind reads again.
 */
public final class Blocks<E extends Placed> {

  /** Characters of events that are kept. */
  private static final long KEPT = 64L << 20;

  /** Once a processor has caught up, nobody needs what it was behind. */
  private static final Duration KEPT_FOR = Duration.ofSeconds(10);

  private final Database database;
  private final String sql;
  private final Database.Row<E> row;
  private final Cache<Block, List<E>> cache =
      Caffeine.newBuilder()
          .maximumWeight(KEPT)
          .weigher((Block block, List<E> events) -> weight(events))
          .expireAfterAccess(KEPT_FOR)
          .scheduler(Scheduler.systemScheduler())
          .executor(Runnable::run)
          .build();

  /**
   * @param sql reads all events after one position up to another, in order
   */
  public Blocks(Database database, String sql, Database.Row<E> row) {
    this.database = database;
    this.sql = sql;
    this.row = row;
  }

  /**
   * The events of a block, in order. Positions are dense and appear in order, so that what is read
   * is all there is.
   *
   * @throws IllegalStateException if the ledger lacks one of them
   */
  public List<E> events(Block block) {
    return cache.get(block, this::read);
  }

  private List<E> read(Block block) {
    List<E> events =
        database.query(
            Scope.projector(),
            sql,
            (statement, first) -> {
              statement.setLong(first, block.after());
              statement.setLong(first + 1, block.upTo());
            },
            row);
    if (events.size() != block.upTo() - block.after()) {
      throw new IllegalStateException("the ledger has a gap after position " + block.after());
    }
    return events;
  }

  private static int weight(List<? extends Placed> events) {
    return events.stream().mapToInt(Placed::size).sum();
  }
}
