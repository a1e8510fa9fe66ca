package io.varve.command.ledger;

import io.varve.command.LedgerRefusal;
import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

  private static final Duration IDLE = Duration.ofSeconds(1);

  /**
   * A caller that was just answered often comes right back. Where a commit takes long, waiting for
   * those saves them the time of a whole group; it costs no more than this part of the last one.
   */
  private static final int PATIENCE = 4;

  /** Where they do not come back in time, it is not tried again for up to so many groups. */
  private static final int DISCOURAGED = 64;

  private final Intake<Waiting> intake;
  private final GroupInsert insert;
  private final Thread thread;
  private int expected = 1;
  private int vain;
  private int groupsToPass;
  private Duration lastTook = Duration.ZERO;
  private volatile boolean ended;

  private record Waiting(Append append, CompletableFuture<Appended> stored) {}

  public LedgerWriter(Database database, Clock clock) {
    this.insert = new GroupInsert(database, clock);
    this.thread = Thread.ofPlatform().name("ledger-writer").daemon().unstarted(this::run);
    this.intake = new Intake<>(QUEUE, thread);
    thread.start();
  }

  /**
   * Stores what a command writes and returns when it is durable.
   *
   * @throws LedgerRefusal if the ledger does not take it; nothing of it is stored then
   */
  Appended append(Append append) {
    var waiting = new Waiting(append, new CompletableFuture<>());
    if (!intake.offer(waiting)) {
      throw new LedgerRefusal.Unavailable();
    }
    if (ended) {
      refuseLate();
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
    intake.close();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!intake.isClosed() || intake.size() > 0) {
      List<Waiting> group = nextGroup();
      if (!group.isEmpty()) {
        long began = System.nanoTime();
        store(group);
        lastTook = Duration.ofNanos(System.nanoTime() - began);
        expected = Math.max(1, group.size() + intake.size());
      }
    }
    ended = true;
    refuseLate();
  }

  private List<Waiting> nextGroup() {
    intake.await(1, IDLE);
    if (groupsToPass > 0) {
      groupsToPass--;
    } else if (intake.await(Math.min(expected, GROUP_EVENTS), lastTook.dividedBy(PATIENCE))) {
      vain = 0;
    } else {
      vain = Math.clamp(2L * vain, 1, DISCOURAGED);
      groupsToPass = vain;
    }
    return intake.takeWhile(new Companions()::admit);
  }

  /** Nobody else looks after what was offered when the writer had ended, or was about to. */
  private void refuseLate() {
    for (Waiting late = intake.poll(); late != null; late = intake.poll()) {
      fail(List.of(late), new LedgerRefusal.Unavailable());
    }
  }

  /** Tells what may be stored together. */
  private static final class Companions {

    private final Set<PendingClaim.Value> taken = new HashSet<>();
    private int events;
    private boolean full;

    boolean admit(Waiting next) {
      Append append = next.append();
      if (full || freesAnyTaken(append)) {
        return false;
      }
      append.taken().forEach(claim -> taken.add(claim.claimed()));
      events += append.events().size();
      full = events >= GROUP_EVENTS || append.endsTenant();
      return true;
    }

    /**
     * A group frees values before it takes any, so a value that is taken before it is free must not
     * be freed in the same group.
     */
    private boolean freesAnyTaken(Append append) {
      return append.freed().stream().anyMatch(claim -> taken.contains(claim.claimed()));
    }
  }

  private void store(List<Waiting> group) {
    try {
      List<Appended> stored = insert.insert(group.stream().map(Waiting::append).toList());
      for (int i = 0; i < group.size(); i++) {
        group.get(i).stored().complete(stored.get(i));
      }
    } catch (DatabaseException refusal) {
      if (refusal.isUnavailable()) {
        log.error("the ledger's database is unavailable, {} commands fail", group.size(), refusal);
        fail(group, new LedgerRefusal.Unavailable());
      } else if (group.size() == 1) {
        fail(group, insert.explain(group.getFirst().append(), refusal));
      } else {
        int half = group.size() / 2;
        store(group.subList(0, half));
        store(group.subList(half, group.size()));
      }
    } catch (RuntimeException failure) {
      log.error("a group of {} commands failed", group.size(), failure);
      fail(group, failure);
    }
  }

  private static void fail(List<Waiting> group, RuntimeException failure) {
    group.forEach(waiting -> waiting.stored().completeExceptionally(failure));
  }
}
