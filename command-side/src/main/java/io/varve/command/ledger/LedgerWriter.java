package io.varve.command.ledger;

import io.varve.command.LedgerRefusal;
import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's only way to write events. Callers hand over what a command writes and wait; one thread
 * takes all that wait and stores them in one transaction.
 *
 * <p>A group that the database refuses is halved until the command that it refuses stands alone:
 * that one fails, and the rest commits.
 */
public final class LedgerWriter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LedgerWriter.class);
  private static final int QUEUE = 16_384;
  private static final int GROUP_EVENTS = 2_000;

  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE);
  private final GroupInsert insert;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean ended;

  /** Taken from the queue, but not to be stored together with what was taken before it. */
  private @Nullable Waiting carried;

  private record Waiting(Append append, CompletableFuture<Appended> stored) {}

  public LedgerWriter(Database database, Clock clock) {
    this.insert = new GroupInsert(database, clock);
    this.thread = Thread.ofPlatform().name("ledger-writer").daemon().start(this::run);
  }

  /**
   * Stores what a command writes and returns when it is durable.
   *
   * @throws LedgerRefusal if the ledger does not take it; nothing of it is stored then
   */
  Appended append(Append append) {
    var waiting = new Waiting(append, new CompletableFuture<>());
    if (closed || !queue.offer(waiting)) {
      throw new LedgerRefusal.Unavailable();
    }
    if (ended) {
      failTheLate();
    }
    try {
      return waiting.stored().join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }

  /** Stores what still waits, then ends. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed || carried != null || !queue.isEmpty()) {
      try {
        List<Waiting> group = nextGroup();
        if (!group.isEmpty()) {
          store(group);
        }
      } catch (InterruptedException interrupted) {
        closed = true;
      }
    }
    ended = true;
    failTheLate();
  }

  /** Nobody else looks after what was offered when the writer had ended, or was about to. */
  private void failTheLate() {
    for (Waiting late = queue.poll(); late != null; late = queue.poll()) {
      fail(List.of(late), new LedgerRefusal.Unavailable());
    }
  }

  private List<Waiting> nextGroup() throws InterruptedException {
    var group = new ArrayList<Waiting>();
    var taken = new HashSet<PendingClaim.Value>();
    Waiting next = carried == null ? queue.poll(100, TimeUnit.MILLISECONDS) : carried;
    carried = null;
    int events = 0;
    while (next != null) {
      group.add(next);
      Append append = next.append();
      append.taken().forEach(claim -> taken.add(claim.claimed()));
      events += append.events().size();
      boolean full = events >= GROUP_EVENTS || append.endsTenant();
      next = full ? null : queue.poll();
      if (next != null && freesAnyOf(taken, next.append())) {
        carried = next;
        next = null;
      }
    }
    return group;
  }

  /**
   * A group frees values before it takes any, so a value that is taken before it is free must not
   * be freed in the same group.
   */
  private static boolean freesAnyOf(Set<PendingClaim.Value> taken, Append append) {
    return append.freed().stream().anyMatch(claim -> taken.contains(claim.claimed()));
  }

  private void store(List<Waiting> group) {
    try {
      List<Appended> stored = insert.insert(group.stream().map(Waiting::append).toList());
      for (int i = 0; i < group.size(); i++) {
        group.get(i).stored().complete(stored.get(i));
      }
    } catch (ClosedTenantException refusal) {
      narrow(group, only -> new LedgerRefusal.TenantRetired());
    } catch (DatabaseException refusal) {
      if (refusal.isUnavailable()) {
        log.error("the ledger's database is unavailable, {} commands fail", group.size(), refusal);
        fail(group, new LedgerRefusal.Unavailable());
      } else {
        narrow(group, only -> insert.explain(only, refusal));
      }
    } catch (RuntimeException failure) {
      log.error("a group of {} commands failed", group.size(), failure);
      fail(group, failure);
    }
  }

  /** The command that is refused fails once it stands alone, the others are tried without it. */
  private void narrow(List<Waiting> group, Function<Append, RuntimeException> why) {
    if (group.size() == 1) {
      fail(group, why.apply(group.getFirst().append()));
    } else {
      int half = group.size() / 2;
      store(group.subList(0, half));
      store(group.subList(half, group.size()));
    }
  }

  private static void fail(List<Waiting> group, RuntimeException failure) {
    group.forEach(waiting -> waiting.stored().completeExceptionally(failure));
  }
}
