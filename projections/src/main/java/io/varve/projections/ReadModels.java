package io.varve.projections;

import io.varve.postgres.Scope;
import io.varve.postgres.Transaction;
import io.varve.projections.document.Change;
import io.varve.projections.document.Documents;
import io.varve.projections.document.Documents.Batch;
import io.varve.projections.document.Folded;
import io.varve.projections.document.Series;
import io.varve.projections.document.StreamKey;
import io.varve.projections.feed.Block;
import io.varve.projections.feed.Blocks;
import io.varve.projections.feed.LedgerEvent;
import io.varve.projections.posture.Posture;
import io.varve.projections.token.BatchTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * The one handler of a processor: it takes the blocks of a batch, and with the last one folds those
 * events that are its segment's into all read models, in the transaction that then stores the
 * token.
 *
 * <p>A segment has the tenants that hash to it, so that one tenant's events are folded in order and
 * no row is ever written by two.
 */
final class ReadModels implements EventHandlerInvoker {

  private static final String BLOCKS = "varve.blocks";

  private final Blocks blocks;
  private final BatchTransactions transactions;
  private final Documents documents;
  private final Failures failures;
  private final Consumer<UUID> moved;

  /**
   * @param moved told each tenant whose read models have moved, after the commit
   */
  ReadModels(
      Blocks blocks,
      BatchTransactions transactions,
      Documents documents,
      Failures failures,
      Consumer<UUID> moved) {
    this.blocks = blocks;
    this.transactions = transactions;
    this.documents = documents;
    this.failures = failures;
    this.moved = moved;
  }

  /**
   * A full block is not read for this: while a processor is behind, it has events for everybody.
   */
  @Override
  public boolean canHandle(EventMessage<?> message, Segment segment) {
    var block = (Block) message.getPayload();
    return block.full()
        || blocks.events(block).stream().anyMatch(event -> belongs(event.tenant(), segment));
  }

  @Override
  public void handle(EventMessage<?> message, Segment segment) throws SQLException {
    var batch = (BatchingUnitOfWork<?>) CurrentUnitOfWork.get();
    List<Block> taken = batch.getOrComputeResource(BLOCKS, name -> new ArrayList<Block>());
    taken.add((Block) message.getPayload());
    if (taken.size() == 1) {
      failures.watch(batch, segment);
    }
    if (batch.isLastMessage()) {
      project(taken, segment, batch);
    }
  }

  @Override
  public boolean supportsReset() {
    return false;
  }

  /** The same in every JVM: which segment a tenant is in is known to all nodes. */
  static boolean belongs(UUID tenant, Segment segment) {
    long bits = tenant.getLeastSignificantBits() * 0x9E3779B97F4A7C15L;
    return segment.matches((int) (bits >>> 32));
  }

  private void project(List<Block> taken, Segment segment, UnitOfWork<?> unitOfWork)
      throws SQLException {
    var events = new ArrayList<LedgerEvent>();
    for (Block block : taken) {
      for (LedgerEvent event : blocks.events(block)) {
        if (belongs(event.tenant(), segment)) {
          events.add(event);
        }
      }
    }
    Transaction transaction = transactions.current();
    List<LedgerEvent> news = Progress.news(transaction.connection(), events);
    if (!news.isEmpty()) {
      Map<UUID, Long> progress = Progress.of(news);
      Map<StreamKey, Folded> written = write(transaction, news, progress);
      unitOfWork.afterCommit(
          done -> {
            documents.remember(written);
            progress.keySet().forEach(moved);
          });
    }
  }

  private Map<StreamKey, Folded> write(
      Transaction transaction, List<LedgerEvent> events, Map<UUID, Long> progress)
      throws SQLException {
    Connection connection = transaction.connection();
    Batch batch = documents.fold(connection, events);
    Set<UUID> tenants = new HashSet<>(progress.keySet());
    for (Change change : batch.changes()) {
      tenants.addAll(documents.homes(change));
    }
    transaction.take(Scope.projector(tenants));
    Map<StreamKey, Folded> written = documents.write(connection, batch.changes());
    Series.write(connection, batch.told());
    Posture.write(connection, batch.changes());
    Progress.write(connection, progress);
    return written;
  }
}
