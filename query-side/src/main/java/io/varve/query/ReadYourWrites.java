package io.varve.query;

import io.varve.events.access.Caller;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a query wait for the write before it: a command answers with the number of its last event,
 * and the read models of the tenant hold it once they have got to that number.
 */
public final class ReadYourWrites {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  private static final String PROGRESS =
      """
      select number from read.progress where tenant_id = ?
      """;

  private static final String LAST =
      """
      select number from ledger.counter where tenant_id = ?
      """;

  private final Database database;
  private final ConcurrentMap<UUID, CountDownLatch> waiting = new ConcurrentHashMap<>();

  public ReadYourWrites(Database database) {
    this.database = database;
  }

  /**
   * Waits, without holding a connection, until the tenant's read models hold an event.
   *
   * @param number the event's number in the caller's tenant
   * @param bound how long to wait at most
   * @return whether they hold it
   */
  public boolean await(Caller caller, long number, Duration bound) throws InterruptedException {
    long deadline = System.nanoTime() + bound.toNanos();
    long pause = FIRST_PAUSE.toNanos();
    while (true) {
      CountDownLatch moved =
          waiting.computeIfAbsent(caller.tenant(), tenant -> new CountDownLatch(1));
      if (progress(caller.tenant()) >= number) {
        return true;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      if (!moved.await(Math.min(pause, left), TimeUnit.NANOSECONDS)) {
        pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
      }
    }
  }

  /**
   * Wakes whoever waits for a tenant, whose read models have just moved. Calling it is a courtesy:
   * who waits looks again anyway.
   */
  public void moved(UUID tenant) {
    CountDownLatch latch = waiting.remove(tenant);
    if (latch != null) {
      latch.countDown();
    }
  }

  /** The number of the tenant's last event that the ledger has. */
  public long last(Caller caller) {
    return number(caller.tenant(), LAST);
  }

  /** The number of the last event that the tenant's read models hold; 0 for none. */
  private long progress(UUID tenant) {
    return number(tenant, PROGRESS);
  }

  private long number(UUID tenant, String sql) {
    return database
        .queryOne(
            Scope.query(tenant),
            sql,
            (statement, first) -> statement.setObject(first, tenant),
            row -> row.getLong(1))
        .orElse(0L);
  }
}
