package io.varve.projections.seal;

import io.varve.evidence.ledger.Envelope;
import io.varve.postgres.Database;
import io.varve.postgres.ledger.LedgerScan;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's next events: while there are more than a page of them, the next page is read ahead.
 */
final class Pages {

  private final LedgerScan scan;
  private final int size;
  private @Nullable Ahead ahead;

  private record Ahead(long after, CompletableFuture<List<Envelope>> page) {}

  Pages(Database database, int size) {
    this.scan = new LedgerScan(database);
    this.size = size;
  }

  /**
   * @param position after which events are wanted
   * @param head the position of the last event, as far as is known
   */
  List<Envelope> after(long position, long head) {
    List<Envelope> page =
        ahead != null && ahead.after() == position
            ? wait(ahead.page())
            : scan.all(position, Long.MAX_VALUE, size);
    long next = position + page.size();
    ahead =
        head - next >= size
            ? new Ahead(
                next,
                CompletableFuture.supplyAsync(
                    () -> scan.all(next, Long.MAX_VALUE, size), Thread::startVirtualThread))
            : null;
    return page;
  }

  private static List<Envelope> wait(CompletableFuture<List<Envelope>> page) {
    try {
      return page.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }
}
