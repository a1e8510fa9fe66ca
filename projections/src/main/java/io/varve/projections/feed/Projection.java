package io.varve.projections.feed;

import io.varve.postgres.Transaction;
import java.sql.SQLException;
import java.util.List;

/** What a processor makes of the ledger. */
@FunctionalInterface
public interface Projection<E extends Placed> {

  /**
   * Writes what new events come to, in the order of the ledger, and takes the scope of every tenant
   * that they are of.
   *
   * @param transaction in which the processor's token and its progress are stored, too
   * @return what is to be done once it has been committed
   */
  Runnable write(Transaction transaction, List<E> news) throws SQLException;
}
