package io.varve.web.audit;

import io.varve.events.Refusal;
import io.varve.events.access.Caller;
import io.varve.query.audit.AuditFilter;
import io.varve.query.audit.AuditTrail;
import io.varve.query.audit.AuditTrail.Following;
import io.varve.web.auth.Standing;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One client that follows the trail. It is sent whatever has a higher number than what it was sent
 * before, in order: numbers have no gaps and appear in order, so nothing is lost or sent twice.
 */
final class AuditStream {

  /** How long a stream may go on after the right to it has ended. */
  private static final long CHECK_NANOS = Duration.ofSeconds(2).toNanos();

  /** A busy ledger is not asked again for each event that others write. */
  private static final long REST_NANOS = Duration.ofMillis(50).toNanos();

  /**
   * @param after the number of the last event that is not wanted
   */
  record Wanted(Caller caller, AuditFilter filter, long after) {}

  /** How the trail is read on. */
  @FunctionalInterface
  interface Reader {
    Following read(Wanted wanted, long after) throws InterruptedException;
  }

  private final Wanted wanted;
  private final Reader reader;
  private final AuditViews views;
  private final EventWriter writer;
  private final BooleanSupplier still;
  private final long heartbeatNanos;

  /**
   * @param still whether the stream may go on; asked every few seconds
   */
  AuditStream(
      Wanted wanted,
      Reader reader,
      AuditViews views,
      EventWriter writer,
      BooleanSupplier still,
      Duration heartbeat) {
    this.wanted = wanted;
    this.reader = reader;
    this.views = views;
    this.writer = writer;
    this.still = still;
    this.heartbeatNanos = heartbeat.toNanos();
  }

  /** Whether whoever sent a request may read the trail at this moment. */
  static boolean mayStill(HttpServletRequest request) {
    try {
      Standing now = Standing.now(request);
      return now.permissions().contains(AuditTrail.PERMISSION) && !now.owesSecondFactor();
    } catch (Refusal over) {
      return false;
    }
  }

  void run(Pulse pulse, BooleanSupplier running) throws IOException, InterruptedException {
    long after = wanted.after();
    writer.begin(after);
    long checked = System.nanoTime();
    long written = checked;
    while (running.getAsBoolean()) {
      long beats = pulse.beats();
      Following next = reader.read(wanted, after);
      after = next.upTo();
      if (!next.entries().isEmpty()) {
        writer.write(views.of(wanted.caller().tenant(), next.entries()));
        written = System.nanoTime();
      }
      if (System.nanoTime() - checked >= CHECK_NANOS) {
        if (!still.getAsBoolean()) {
          return;
        }
        checked = System.nanoTime();
      }
      if (System.nanoTime() - written >= heartbeatNanos) {
        writer.beat(after);
        written = System.nanoTime();
      }
      if (!next.more()) {
        LockSupport.parkNanos(REST_NANOS);
        pulse.awaitAfter(beats, Math.min(CHECK_NANOS, heartbeatNanos));
      }
    }
  }
}
