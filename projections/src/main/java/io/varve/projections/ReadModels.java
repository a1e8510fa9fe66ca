package io.varve.projections;

import io.varve.postgres.Scope;
import io.varve.postgres.Transaction;
import io.varve.projections.document.Change;
import io.varve.projections.document.Documents;
import io.varve.projections.document.Documents.Batch;
import io.varve.projections.document.Folded;
import io.varve.projections.document.Series;
import io.varve.projections.document.StreamKey;
import io.varve.projections.feed.LedgerEvent;
import io.varve.projections.feed.Projection;
import io.varve.projections.posture.Posture;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The projection into all read models that are folds of streams. */
final class ReadModels implements Projection<LedgerEvent> {

  private final Documents documents;
  private final Consumer<UUID> moved;

  /**
   * @param moved told each tenant whose read models have moved, after the commit
   */
  ReadModels(Documents documents, Consumer<UUID> moved) {
    this.documents = documents;
    this.moved = moved;
  }

  @Override
  public Runnable write(Transaction transaction, List<LedgerEvent> news) throws SQLException {
    Connection connection = transaction.connection();
    Batch batch = documents.fold(connection, news);
    Set<UUID> told = Progress.of(news).keySet();
    Set<UUID> tenants = new HashSet<>(told);
    for (Change change : batch.changes()) {
      tenants.addAll(documents.homes(change));
    }
    transaction.take(Scope.projector(tenants));
    Map<StreamKey, Folded> written = documents.write(connection, batch.changes());
    Series.write(connection, batch.told());
    Posture.write(connection, batch.changes());
    return () -> {
      documents.remember(written);
      told.forEach(moved);
    };
  }
}
