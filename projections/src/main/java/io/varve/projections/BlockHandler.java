package io.varve.projections;

import io.varve.postgres.Transaction;
import io.varve.projections.feed.Block;
import io.varve.projections.feed.Blocks;
import io.varve.projections.feed.Placed;
import io.varve.projections.feed.Projection;
import io.varve.projections.token.BatchTransactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * The one handler of a processor: it takes the blocks of a batch, and with the last one has those
 * events that are its segment's projected, in the transaction that then stores the token.
 *
 * <p>A segment has the tenants that hash to it, so that one tenant's events are projected in order
 * and no row is ever written by two.
 */
final class BlockHandler<E extends Placed> implements EventHandlerInvoker {

  private static final String BLOCKS = "varve.blocks";

  private final Blocks<E> blocks;
  private final BatchTransactions transactions;
  private final Progress progress;
  private final Projection<E> projection;
  private final Failures failures;

  BlockHandler(
      Blocks<E> blocks,
      BatchTransactions transactions,
      Progress progress,
      Projection<E> projection,
      Failures failures) {
    this.blocks = blocks;
    this.transactions = transactions;
    this.progress = progress;
    this.projection = projection;
    this.failures = failures;
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
    var events = new ArrayList<E>();
    for (Block block : taken) {
      for (E event : blocks.events(block)) {
        if (belongs(event.tenant(), segment)) {
          events.add(event);
        }
      }
    }
    Transaction transaction = transactions.current();
    List<E> news = progress.news(transaction.connection(), events);
    if (!news.isEmpty()) {
      Runnable done = projection.write(transaction, news);
      progress.write(transaction.connection(), Progress.of(news));
      unitOfWork.afterCommit(committed -> done.run());
    }
  }
}
