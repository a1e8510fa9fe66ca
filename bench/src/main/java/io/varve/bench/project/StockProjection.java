package io.varve.bench.project;

import io.varve.postgres.Database;
import io.varve.postgres.DatabaseRole;
import io.varve.postgres.Scope;
import io.varve.postgres.Transaction;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import io.varve.projections.Progress;
import io.varve.projections.document.Change;
import io.varve.projections.document.Documents;
import io.varve.projections.document.Series;
import io.varve.projections.feed.LedgerEvent;
import io.varve.projections.feed.LedgerFeed;
import io.varve.projections.posture.Posture;
import io.varve.projections.token.BatchTransactions;
import io.varve.projections.token.Tokens;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The peer: the same models by Axon's tracking processor as it is configured by default, one event
 * and its token per transaction.
 */
final class StockProjection {

  private static final String PROCESSOR = "stock";
  private static final int PAGE = 100;

  private final Database database;
  private final BatchTransactions transactions;
  private final Documents documents;
  private final AtomicLong handled = new AtomicLong();

  StockProjection(Database database) {
    this.database = database;
    this.transactions = new BatchTransactions(database);
    this.documents = new Documents(platform(database));
  }

  /** Projects for a while and answers events per second. */
  double project(Duration time) throws InterruptedException {
    TrackingEventProcessor processor =
        TrackingEventProcessor.builder()
            .name(PROCESSOR)
            .eventHandlerInvoker(new Handler())
            .errorHandler(PropagatingErrorHandler.instance())
            .messageSource(new Source(new LedgerReader(database)))
            .tokenStore(new Tokens(transactions, PROCESSOR, Duration.ofSeconds(30)))
            .transactionManager(transactions)
            .trackingEventProcessorConfiguration(
                TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                    .andInitialTrackingToken(source -> new GlobalSequenceTrackingToken(0)))
            .build();
    processor.start();
    while (handled.get() == 0) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    long before = handled.get();
    long began = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
    double rate = ReadModelRun.perSecond(handled.get() - before, began);
    processor.shutDown();
    return rate;
  }

  private static UUID platform(Database database) {
    return database
        .queryOne(
            new Scope(DatabaseRole.PROJECTOR, "", ""),
            "select platform_id from ledger.head",
            (statement, first) -> {},
            row -> row.getObject(1, UUID.class))
        .orElseThrow();
  }

  private final class Handler implements EventHandlerInvoker {

    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
      return true;
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) throws SQLException {
      List<LedgerEvent> events = List.of((LedgerEvent) message.getPayload());
      Transaction transaction = transactions.current();
      Connection connection = transaction.connection();
      Documents.Batch batch = documents.fold(connection, events);
      Map<UUID, Long> progress = Progress.of(events);
      Set<UUID> tenants = new HashSet<>(progress.keySet());
      for (Change change : batch.changes()) {
        tenants.addAll(documents.homes(change));
      }
      transaction.take(Scope.projector(tenants));
      documents.write(connection, batch.changes());
      Series.write(connection, batch.told());
      Posture.write(connection, batch.changes());
      Progress.OF_READ_MODELS.write(connection, progress);
      handled.incrementAndGet();
    }
  }

  /** The ledger as the framework reads it: event by event, a hundred in a query. */
  private record Source(LedgerReader reader)
      implements StreamableMessageSource<TrackedEventMessage<?>> {

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
      return new Pages(reader, LedgerFeed.position(token));
    }
  }

  private static final class Pages implements BlockingStream<TrackedEventMessage<?>> {

    private final LedgerReader reader;
    private final Queue<TrackedEventMessage<?>> page = new ArrayDeque<>();
    private long position;

    Pages(LedgerReader reader, long position) {
      this.reader = reader;
      this.position = position;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
      if (page.isEmpty()) {
        for (StoredEvent stored : reader.following(position, PAGE)) {
          position = stored.position();
          page.add(
              new GenericTrackedEventMessage<>(
                  new GlobalSequenceTrackingToken(position),
                  new GenericEventMessage<>(event(stored))));
        }
      }
      return Optional.ofNullable(page.peek());
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
      if (peek().isPresent()) {
        return true;
      }
      unit.sleep(timeout);
      return peek().isPresent();
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
      while (!hasNextAvailable(1, TimeUnit.SECONDS)) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      return page.remove();
    }

    @Override
    public void close() {}

    private static LedgerEvent event(StoredEvent stored) {
      return new LedgerEvent(
          stored.position(),
          stored.tenant(),
          stored.number(),
          stored.id(),
          stored.sequence(),
          stored.type(),
          stored.revision(),
          stored.at(),
          stored.payloadJson());
    }
  }
}
