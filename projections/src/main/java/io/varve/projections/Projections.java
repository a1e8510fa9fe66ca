package io.varve.projections;

import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import io.varve.projections.document.Documents;
import io.varve.projections.feed.Blocks;
import io.varve.projections.feed.Head;
import io.varve.projections.feed.LedgerFeed;
import io.varve.projections.token.BatchTransactions;
import io.varve.projections.token.Tokens;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.jspecify.annotations.Nullable;

/**
 * The projections of a node, put together: every piece of the framework is named here.
 *
 * <p>An event that cannot be projected stops its segment, which is tried again with increasing
 * pauses and never passed over; {@link #health()} tells.
 */
public final class Projections implements AutoCloseable {

  /** The name under which tokens are kept. */
  public static final String PROCESSOR = "read-models";

  private static final long CLAIM_INTERVAL_MILLIS = 1000;
  private static final long EXTEND_AFTER_MILLIS = 1000;

  private static final String PLATFORM =
      """
      select platform_id from ledger.head
      """;

  private static final String TOKENS =
      """
      select h.position, t.segment, cast(t.token as bigint)
        from ledger.head h
        left join ops.token t on t.processor = ?
      """;

  private record Stored(long head, int segment, long position) {}

  private final Database database;
  private final Head head;
  private final ScheduledExecutorService coordinator;
  private final ScheduledExecutorService workers;
  private final PooledStreamingEventProcessor processor;
  private final Failures failures = new Failures();

  /** A node without a name of its own: one after it waits until its claims have expired. */
  public Projections(Database database, Clock clock) {
    this(database, clock, Settings.DEFAULT, tenant -> {});
  }

  public Projections(Database database, Clock clock, Settings settings, Consumer<UUID> moved) {
    this(database, clock, settings, UUID.randomUUID().toString(), moved);
  }

  /**
   * @param node under which segments are claimed. No two running nodes may have the same name; a
   *     node that is started again under its old one goes on at once, even after a crash
   * @param clock the time by which claims are extended
   * @param moved told each tenant whose read models have moved, after the commit; must not block
   */
  public Projections(
      Database database, Clock clock, Settings settings, String node, Consumer<UUID> moved) {
    this.database = database;
    this.head = new Head(database);
    this.coordinator =
        Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().daemon().name("varve-coordinator").factory());
    this.workers =
        Executors.newScheduledThreadPool(
            settings.threads(), Thread.ofPlatform().daemon().name("varve-projector-", 0).factory());
    var transactions = new BatchTransactions(database);
    var readModels =
        new ReadModels(
            new Blocks(database), transactions, new Documents(platform(database)), failures, moved);
    this.processor =
        PooledStreamingEventProcessor.builder()
            .name(PROCESSOR)
            .eventHandlerInvoker(readModels)
            .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
            .errorHandler(PropagatingErrorHandler.instance())
            .messageSource(new LedgerFeed(head))
            .tokenStore(new Tokens(transactions, node, settings.claimTimeout()))
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
            .clock(clock)
            .build();
  }

  public void start() {
    head.start();
    processor.start();
  }

  /** How the projections are now. Asks the database. */
  public Health health() {
    boolean running = processor.isRunning();
    try {
      List<Stored> tokens = tokens();
      Map<Integer, EventTrackerStatus> here = processor.processingStatus();
      long lag = 0;
      Optional<String> error = Optional.empty();
      for (Stored token : tokens) {
        long position = Math.max(token.position(), position(here.get(token.segment())));
        lag = Math.max(lag, token.head() - position);
        error = error.or(() -> failures.at(token.segment(), position));
      }
      return new Health(running, lag, error.orElse(null));
    } catch (DatabaseException unreachable) {
      return new Health(running, -1, "the database cannot be reached");
    }
  }

  /** Gives its segments back, for other nodes to take at once. */
  @Override
  public void close() {
    try {
      processor.shutDown();
    } finally {
      head.close();
      workers.shutdown();
      coordinator.shutdown();
    }
  }

  private List<Stored> tokens() {
    return database.query(
        Scope.projector(),
        TOKENS,
        (statement, first) -> statement.setString(first, PROCESSOR),
        row -> new Stored(row.getLong(1), row.getInt(2), row.getLong(3)));
  }

  /** What an idle segment has seen it stores only now and then. */
  private static long position(@Nullable EventTrackerStatus status) {
    return status == null ? 0 : LedgerFeed.position(status.getTrackingToken());
  }

  private static UUID platform(Database database) {
    return database
        .queryOne(
            Scope.projector(),
            PLATFORM,
            (statement, first) -> {},
            row -> row.getObject(1, UUID.class))
        .orElseThrow();
  }
}
