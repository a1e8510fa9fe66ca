package io.varve.web.audit;

import io.varve.postgres.DatabaseException;
import io.varve.query.audit.AuditTrail;
import io.varve.web.audit.StreamLeases.Lease;
import io.varve.web.auth.Standing;
import io.varve.web.http.Fault;
import io.varve.web.http.FaultException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever follows the trail on this node. Each stream is its request's own virtual thread, which
 * holds no connection while it waits or writes, so that nobody waits for a slow client; few read at
 * a time. They end before the web server stops, which would wait for them.
 */
final class AuditStreams implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(AuditStreams.class);

  /** How many of the node's connections streams take at once. */
  private static final int READERS = 4;

  private final AuditTrail trail;
  private final AuditViews views;
  private final JsonMapper json;
  private final StreamLeases leases;
  private final Duration heartbeat;
  private final Pulse pulse = new Pulse();
  private final Semaphore readers = new Semaphore(READERS);
  private volatile boolean running;

  AuditStreams(
      AuditTrail trail,
      AuditViews views,
      JsonMapper json,
      StreamLeases leases,
      Duration heartbeat) {
    this.trail = trail;
    this.views = views;
    this.json = json;
    this.leases = leases;
    this.heartbeat = heartbeat;
  }

  Pulse pulse() {
    return pulse;
  }

  /**
   * Follows the trail until the client goes, its right ends or the node stops.
   *
   * @throws FaultException if the person has too many streams already
   */
  void follow(AuditStream.Wanted wanted, HttpServletRequest request, HttpServletResponse response) {
    Standing standing = Standing.of(request);
    Lease lease =
        leases
            .take(standing.home(), standing.subject())
            .orElseThrow(
                () ->
                    new FaultException(
                        Fault.TOO_MANY_STREAMS,
                        Fault.TOO_MANY_STREAMS.sentence(),
                        StreamLeases.LENGTH));
    try {
      var stream =
          new AuditStream(
              wanted,
              this::read,
              views,
              new EventWriter(json, response),
              () -> running && leases.extend(lease) && AuditStream.mayStill(request),
              heartbeat);
      stream.run(pulse, () -> running);
    } catch (IOException gone) {
      log.debug("a client is gone", gone);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (DatabaseException away) {
      // Nothing can be answered any more; the client resumes where it was.
      log.warn("a stream of the trail ends early: {}", away.sqlState());
    } finally {
      release(lease);
    }
  }

  private void release(Lease lease) {
    try {
      leases.release(lease);
    } catch (DatabaseException away) {
      log.warn("a slot stays taken until it expires: {}", away.sqlState());
    }
  }

  private AuditTrail.Following read(AuditStream.Wanted wanted, long after)
      throws InterruptedException {
    readers.acquire();
    try {
      return trail.following(wanted.caller(), wanted.filter(), after);
    } finally {
      readers.release();
    }
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    pulse.beat();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
