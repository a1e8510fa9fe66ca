package io.varve.projections.seal;

import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.projections.feed.Head;
import io.varve.projections.seal.sink.NoLockException;
import io.varve.projections.seal.sink.Sealed;
import io.varve.projections.seal.sink.Sink;
import io.varve.projections.seal.sink.SinkException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the ledger while this node has the lead, and delivers what was signed. Events are sealed a
 * moment after they were written, so that a trickle of them does not make a checkpoint each.
 *
 * <p>Nothing is sealed while what is stored contradicts itself, or what has gone out before: that
 * is for a person to judge, and {@link #health()} tells.
 */
public final class Sealer implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(Sealer.class);

  /** How soon it notices that it is to close, or that its time has come. */
  private static final Duration LOOK = Duration.ofMillis(200);

  /** How soon it looks again whether what was wrong is right now. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Database database;
  private final Clock clock;
  private final SealKeys keys;
  private final SealSettings settings;
  private final List<Sink> sinks;
  private final Lease lease;
  private final Head head;
  private final List<Delivery> deliveries;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("varve-sealer").unstarted(this::run);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean leading;
  private volatile @Nullable String problem;
  private @Nullable Lead lead;
  private long renewed;
  private long signed;
  private long gathering;

  /**
   * @param node who leads: a name that no other running node has
   */
  public Sealer(
      Database database,
      Clock clock,
      SealKeys keys,
      List<Sink> sinks,
      SealSettings settings,
      String node) {
    this.database = database;
    this.clock = clock;
    this.keys = keys;
    this.settings = settings;
    this.sinks = List.copyOf(sinks);
    this.lease = new Lease(database, node, settings.lease());
    this.head = new Head(database);
    this.deliveries =
        sinks.stream().map(sink -> new Delivery(database, sink, () -> leading)).toList();
  }

  public void start() {
    head.start();
    deliveries.forEach(Delivery::start);
    thread.start();
  }

  /** How sealing and delivering are now. */
  public SealHealth health() {
    String first =
        Stream.concat(
                Stream.ofNullable(problem),
                deliveries.stream().flatMap(delivery -> delivery.problem().stream()))
            .findFirst()
            .orElse(null);
    return new SealHealth(thread.isAlive() && closed.getCount() > 0, first);
  }

  /** Gives up the lead, for other nodes to take at once. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deliveries.forEach(Delivery::close);
    head.close();
  }

  private void run() {
    try {
      while (closed.getCount() > 0) {
        Duration wait = step();
        Lead current = lead;
        if (current == null) {
          closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } else {
          head.awaitAfter(awaited(current), wait.toNanos());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    giveUp();
  }

  /** The position beyond which there is no reason to wait. */
  private long awaited(Lead current) {
    return gathering == 0 ? current.position() : current.position() + settings.events() - 1;
  }

  /**
   * Does what is due.
   *
   * @return how long to wait for more
   */
  private Duration step() {
    try {
      Lead current = lead == null ? takeLead() : lead;
      if (current == null) {
        return LOOK;
      }
      Duration wait = work(current);
      problem = null;
      return wait;
    } catch (Lease.LostException lost) {
      logger.info("Another node seals from here on");
      dropLead();
      return LOOK;
    } catch (DatabaseException unavailable) {
      if (!unavailable.isUnavailable()) {
        refuse("the database refuses what was sealed", unavailable);
        return RETRY;
      }
      logger.warn("Nothing can be sealed now: {}", unavailable.getMessage());
      dropLead();
      return RETRY;
    } catch (SealRefusedException | SinkException | NoLockException refused) {
      refuse(String.valueOf(refused.getMessage()), refused);
      return RETRY;
    } catch (RuntimeException unexpected) {
      refuse(String.valueOf(unexpected), unexpected);
      return RETRY;
    }
  }

  private Duration work(Lead current) {
    long now = System.nanoTime();
    long waiting = head.position() - current.position();
    if (waiting <= 0) {
      gathering = 0;
    } else if (gathering == 0) {
      gathering = now;
    }
    boolean gathered =
        waiting >= settings.events()
            || (waiting > 0 && now - gathering >= settings.pause().toNanos());
    if (gathered) {
      current.seal(head.position());
      gathering = 0;
      signed();
      return Duration.ZERO;
    }
    if (current.idle().compareTo(settings.idle()) >= 0
        || now - signed >= settings.idle().toNanos()) {
      current.sealNothing();
      signed();
    } else if (now - renewed >= settings.lease().toNanos() / 3) {
      renew();
    }
    return LOOK;
  }

  private void signed() {
    signed = System.nanoTime();
    renewed = signed;
    deliveries.forEach(Delivery::wake);
  }

  private void renew() {
    if (lease.take().isEmpty()) {
      throw new Lease.LostException();
    }
    renewed = System.nanoTime();
  }

  private @Nullable Lead takeLead() {
    OptionalLong position = lease.take();
    if (position.isEmpty()) {
      return null;
    }
    renewed = System.nanoTime();
    signed = renewed;
    var taken = new Lead(database, clock, keys, settings, lease, position.getAsLong());
    requireNothingNewerOutside();
    lead = taken;
    leading = true;
    logger.info("This node seals from here on");
    deliveries.forEach(Delivery::wake);
    return taken;
  }

  /** A database that was put back to what it was must not sign another history than is known. */
  private void requireNothingNewerOutside() {
    var tables = new SealTables(database);
    for (Sink sink : sinks) {
      Sealed outside = sink.newest().orElse(null);
      if (outside == null) {
        continue;
      }
      String stored = tables.note(outside.number()).orElse(null);
      if (stored == null) {
        throw new SealRefusedException(
            "%s has checkpoint %d, which this database does not know: it is older than what it has published."
                .formatted(sink.name(), outside.number()));
      }
      // A crash may have left the beginning of a note.
      if (!stored.startsWith(outside.note())) {
        throw new SealRefusedException(
            "Checkpoint %d in %s is not the one in this database."
                .formatted(outside.number(), sink.name()));
      }
    }
  }

  private void refuse(String what, RuntimeException failure) {
    if (!what.equals(problem)) {
      logger.error("Nothing is sealed: {}", what, failure);
    }
    problem = what;
    dropLead();
    giveUp();
  }

  private void dropLead() {
    lead = null;
    leading = false;
    gathering = 0;
  }

  /** Lets another node try. */
  private void giveUp() {
    dropLead();
    try {
      lease.release();
    } catch (DatabaseException unavailable) {
      logger.warn("The lead in sealing is left to expire: {}", unavailable.getMessage());
    }
  }
}
