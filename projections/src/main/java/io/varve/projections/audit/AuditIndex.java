package io.varve.projections.audit;

import io.varve.events.audit.NumberBlock;
import io.varve.postgres.Columns;
import io.varve.postgres.Scope;
import io.varve.postgres.Transaction;
import io.varve.projections.feed.Projection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The projection of every event into the blocks of numbers that its terms are found by. A batch is
 * gathered in memory; what it adds to is read in one statement, and all of it written in one.
 */
public final class AuditIndex implements Projection<IndexedEvent> {

  private static final String READ =
      """
      select a.tenant_id, a.key, a.block, a.numbers
        from unnest(cast(? as uuid[]), ?, cast(? as integer[])) k (tenant_id, key, block)
       cross join lateral (
             select * from read.audit_index a
              where a.tenant_id = k.tenant_id and a.key = k.key and a.block = k.block offset 0) a
      """;

  private static final String WRITE =
      """
      insert into read.audit_index (tenant_id, key, block, numbers)
      select * from unnest(cast(? as uuid[]), ?, cast(? as integer[]), ?)
          on conflict (tenant_id, key, block) do update set numbers = excluded.numbers
      """;

  private static final Comparator<Map.Entry<Place, NumberBlock>> BY_PLACE =
      Map.Entry.comparingByKey(
          Comparator.comparing(Place::tenant)
              .thenComparingLong(Place::key)
              .thenComparingInt(Place::block));

  /** Where a row is. */
  private record Place(UUID tenant, long key, int block) {}

  @Override
  public Runnable write(Transaction transaction, List<IndexedEvent> news) throws SQLException {
    var rows = new HashMap<Place, NumberBlock>();
    var first = new HashMap<UUID, Long>();
    for (IndexedEvent event : news) {
      first.putIfAbsent(event.tenant(), event.number());
      int block = NumberBlock.of(event.number());
      for (long key : event.keys()) {
        rows.computeIfAbsent(new Place(event.tenant(), key, block), place -> NumberBlock.empty())
            .add(event.number());
      }
    }
    transaction.take(Scope.projector(first.keySet()));
    addWhatIsThere(transaction.connection(), rows, first);
    write(transaction.connection(), rows);
    return () -> {};
  }

  /** Events come in order, so only the block that a tenant's batch begins in may be there. */
  private static void addWhatIsThere(
      Connection connection, Map<Place, NumberBlock> rows, Map<UUID, Long> first)
      throws SQLException {
    List<Place> begun =
        rows.keySet().stream()
            .filter(
                place -> {
                  long number = first.getOrDefault(place.tenant(), 0L);
                  return place.block() == NumberBlock.of(number) && number % NumberBlock.SIZE > 0;
                })
            .toList();
    if (begun.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      new Columns<>(statement, begun).text(Place::tenant).number(Place::key).number(Place::block);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          var place = new Place(row.getObject(1, UUID.class), row.getLong(2), row.getInt(3));
          Objects.requireNonNull(rows.get(place)).addAll(NumberBlock.decode(row.getBytes(4)));
        }
      }
    }
  }

  private static void write(Connection connection, Map<Place, NumberBlock> rows)
      throws SQLException {
    List<Map.Entry<Place, NumberBlock>> sorted = rows.entrySet().stream().sorted(BY_PLACE).toList();
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      new Columns<>(statement, sorted)
          .text(row -> row.getKey().tenant())
          .number(row -> row.getKey().key())
          .number(row -> row.getKey().block())
          .bytes(row -> row.getValue().encoded());
      statement.executeUpdate();
    }
  }
}
