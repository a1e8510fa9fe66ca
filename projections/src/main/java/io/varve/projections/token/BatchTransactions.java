package io.varve.projections.token;

import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import io.varve.postgres.Transaction;
import java.sql.SQLException;
import java.sql.Statement;
import org.axonframework.common.transaction.TransactionManager;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that a processor begins and ends: one per batch, in which its events are
 * projected and its token is stored, so that neither stays without the other.
 */
public final class BatchTransactions implements TransactionManager {

  /**
   * What a crash takes back it takes back together with the token, and it is made again: so nothing
   * waits for the disk. Every statement of a batch looks up, by primary key, as many rows as the
   * batch has; the planner cannot know how many that is, nor how large a read model is that has
   * just been filled, and must not read all of it.
   */
  private static final String PREPARE =
      """
      set local synchronous_commit = off;
      set local enable_seqscan = off;
      set local enable_hashjoin = off;
      set local enable_mergejoin = off;
      set local plan_cache_mode = force_custom_plan;
      set local jit = off
      """;

  private final Database database;

  // Not static: two processors in one JVM must not see each other's.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable Transaction> current = new ThreadLocal<>();

  public BatchTransactions(Database database) {
    this.database = database;
  }

  /**
   * The transaction of the batch that this thread works on.
   *
   * @throws IllegalStateException outside a batch
   */
  public Transaction current() {
    Transaction transaction = current.get();
    if (transaction == null) {
      throw new IllegalStateException("no batch has begun on this thread");
    }
    return transaction;
  }

  @Override
  public org.axonframework.common.transaction.Transaction startTransaction() {
    if (current.get() != null) {
      return Joined.INSTANCE;
    }
    Transaction begun = database.begin(Scope.projector());
    prepare(begun);
    current.set(begun);
    return new Begun(begun);
  }

  private static void prepare(Transaction transaction) {
    try (Statement statement = transaction.connection().createStatement()) {
      statement.execute(PREPARE);
    } catch (SQLException failure) {
      transaction.rollback();
      throw DatabaseException.of(failure);
    }
  }

  /** Part of a transaction that somebody else on this thread ends. */
  private enum Joined implements org.axonframework.common.transaction.Transaction {
    INSTANCE;

    @Override
    public void commit() {}

    @Override
    public void rollback() {}
  }

  private final class Begun implements org.axonframework.common.transaction.Transaction {

    private final Transaction transaction;

    Begun(Transaction transaction) {
      this.transaction = transaction;
    }

    @Override
    public void commit() {
      if (ends()) {
        transaction.commit();
      }
    }

    @Override
    public void rollback() {
      if (ends()) {
        transaction.rollback();
      }
    }

    /** The framework rolls back what failed to commit, when it is gone already. */
    private boolean ends() {
      if (current.get() != transaction) {
        return false;
      }
      current.remove();
      return true;
    }
  }
}
