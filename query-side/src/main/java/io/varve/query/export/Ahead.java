package io.varve.query.export;

import io.varve.evidence.ledger.Envelope;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerScan;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * All of a tenant's first events, some pages of which are on their way at once. That can be asked
 * for before the page before is there, since numbers have no holes.
 */
final class Ahead {

  private static final int PAGE = 2_000;
  private static final int PAGES = 3;

  private final LedgerScan ledger;
  private final UUID tenant;
  private final long size;

  /**
   * @param size how many events
   */
  Ahead(LedgerScan ledger, UUID tenant, long size) {
    this.ledger = ledger;
    this.tenant = tenant;
    this.size = size;
  }

  /**
   * @throws IllegalStateException if an event is missing
   */
  void each(Consumer<List<Envelope>> page) {
    Queue<Future<List<Envelope>>> coming = new ArrayDeque<>();
    long asked = 0;
    try (ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor()) {
      while (asked < size || !coming.isEmpty()) {
        while (asked < size && coming.size() < PAGES) {
          long after = asked;
          asked = Math.min(size, asked + PAGE);
          coming.add(reading.submit(() -> read(after)));
        }
        page.accept(await(coming.remove()));
      }
    }
  }

  private List<Envelope> read(long after) {
    long upTo = Math.min(size, after + PAGE);
    List<Envelope> page = ledger.ofTenant(Scope.query(tenant), tenant, after, upTo, PAGE);
    if (page.size() != upTo - after) {
      throw new IllegalStateException("an event is missing");
    }
    return page;
  }

  private static List<Envelope> await(Future<List<Envelope>> page) {
    try {
      return page.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the export was interrupted", stopped);
    }
  }
}
