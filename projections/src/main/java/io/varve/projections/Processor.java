package io.varve.projections;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.projections.feed.Blocks;
import io.varve.projections.feed.Head;
import io.varve.projections.feed.LedgerFeed;
import io.varve.projections.feed.Placed;
import io.varve.projections.feed.Projection;
import io.varve.projections.token.BatchTransactions;
import io.varve.projections.token.Tokens;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.jspecify.annotations.Nullable;

/** One of a node's processors, put together: every piece of the framework is named here. */
final class Processor implements AutoCloseable {

  private static final long CLAIM_INTERVAL_MILLIS = 1000;
  private static final long EXTEND_AFTER_MILLIS = 1000;

  private static final String TOKENS =
      """
      select h.position, t.segment, cast(t.token as bigint)
        from ledger.head h
        left join ops.token t on t.processor = ?
      """;

  private record Stored(long head, int segment, long position) {}

  /**
   * What all processors of a node have in common.
   *
   * @param name under which segments are claimed
   * @param clock the time by which claims are extended
   */
  record Node(Database database, Head head, String name, Clock clock) {}

  private final Node node;
  private final String name;
  private final ScheduledExecutorService coordinator;
  private final ScheduledExecutorService workers;
  private final PooledStreamingEventProcessor processor;
  private final Failures failures = new Failures();

  /**
   * @param name under which its tokens are kept
   */
  <E extends Placed> Processor(
      Node node,
      String name,
      Settings settings,
      Blocks<E> blocks,
      Progress progress,
      Projection<E> projection) {
    this.node = node;
    this.name = name;
    this.coordinator =
        Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().daemon().name(name + "-coordinator").factory());
    this.workers =
        Executors.newScheduledThreadPool(
            settings.threads(), Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    var transactions = new BatchTransactions(node.database());
    this.processor =
        PooledStreamingEventProcessor.builder()
            .name(name)
            .eventHandlerInvoker(
                new BlockHandler<>(blocks, transactions, progress, projection, failures))
            .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
            .errorHandler(PropagatingErrorHandler.instance())
            .messageSource(new LedgerFeed(node.head()))
            .tokenStore(new Tokens(transactions, node.name(), settings.claimTimeout()))
            .transactionManager(transactions)
            .coordinatorExecutor(coordinator)
            .workerExecutor(workers)
            .initialSegmentCount(settings.segments())
            .initialToken(source -> new GlobalSequenceTrackingToken(0))
            .maxClaimedSegments(settings.maxSegments())
            .tokenClaimInterval(CLAIM_INTERVAL_MILLIS)
            .claimExtensionThreshold(EXTEND_AFTER_MILLIS)
            .enableCoordinatorClaimExtension()
            .batchSize(settings.blocksPerBatch())
            .clock(node.clock())
            .build();
  }

  void start() {
    processor.start();
  }

  /**
   * How it is now. Asks the database.
   *
   * @throws io.varve.postgres.DatabaseException if that cannot be reached
   */
  Health health() {
    Map<Integer, EventTrackerStatus> here = processor.processingStatus();
    long lag = 0;
    Optional<String> error = Optional.empty();
    for (Stored token : tokens()) {
      long position = Math.max(token.position(), position(here.get(token.segment())));
      lag = Math.max(lag, token.head() - position);
      error = error.or(() -> failures.at(token.segment(), position));
    }
    return new Health(isRunning(), lag, error.orElse(null));
  }

  boolean isRunning() {
    return processor.isRunning();
  }

  /** Gives its segments back, for other nodes to take at once. */
  @Override
  public void close() {
    try {
      processor.shutDown();
    } finally {
      workers.shutdown();
      coordinator.shutdown();
    }
  }

  private List<Stored> tokens() {
    return node.database()
        .query(
            Scope.projector(),
            TOKENS,
            (statement, first) -> statement.setString(first, name),
            row -> new Stored(row.getLong(1), row.getInt(2), row.getLong(3)));
  }

  /** What an idle segment has seen it stores only now and then. */
  private static long position(@Nullable EventTrackerStatus status) {
    return status == null ? 0 : LedgerFeed.position(status.getTrackingToken());
  }
}
