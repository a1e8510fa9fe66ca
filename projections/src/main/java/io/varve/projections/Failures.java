package io.varve.projections;

import io.varve.projections.feed.LedgerFeed;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.ExecutionResult;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps segments from going on. The framework tries again, and forgets why it had to. */
final class Failures {

  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  /**
   * @param position a segment that has got there has got over it, on whatever node
   */
  private record Failure(long position, String what) {}

  private final Map<Integer, Failure> bySegment = new ConcurrentHashMap<>();

  void watch(UnitOfWork<?> batch, Segment segment) {
    long position =
        batch.getMessage() instanceof TrackedEventMessage<?> message
            ? LedgerFeed.position(message.trackingToken())
            : 0;
    batch.onRollback(failed -> remember(segment.getSegmentId(), position, failed));
    batch.afterCommit(done -> bySegment.remove(segment.getSegmentId()));
  }

  /** What keeps a segment that has got to a position from going on, if anything does. */
  Optional<String> at(int segment, long position) {
    Failure failure = bySegment.get(segment);
    return failure == null || failure.position() <= position
        ? Optional.empty()
        : Optional.of(failure.what());
  }

  private void remember(int segment, long position, UnitOfWork<?> failed) {
    ExecutionResult result = failed.getExecutionResult();
    String what =
        result != null && result.isExceptionResult()
            ? String.valueOf(result.getExceptionResult())
            : "rolled back";
    log.error("Segment {} cannot get past position {}: {}", segment, position, what);
    bySegment.put(segment, new Failure(position, what));
  }
}
