package io.varve.projections;

import io.varve.postgres.Columns;
import io.varve.projections.feed.LedgerEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How far each tenant's read models have got, said in the transaction that gets them there. */
public final class Progress {

  private static final String WRITE =
      """
      insert into read.progress as p (tenant_id, number)
      select * from unnest(cast(? as uuid[]), ?)
          on conflict (tenant_id) do update set number = excluded.number where p.number < excluded.number
      """;

  private static final String READ =
      """
      select p.tenant_id, p.number
        from unnest(cast(? as uuid[])) as t (tenant_id)
        join read.progress p on p.tenant_id = t.tenant_id
      """;

  private Progress() {}

  /**
   * Those events that their tenants' read models do not hold yet: all, unless a batch runs twice.
   */
  static List<LedgerEvent> news(Connection connection, List<LedgerEvent> events)
      throws SQLException {
    Map<UUID, Long> held = read(connection, of(events).keySet());
    return events.stream()
        .filter(event -> event.number() > held.getOrDefault(event.tenant(), 0L))
        .toList();
  }

  private static Map<UUID, Long> read(Connection connection, Collection<UUID> tenants)
      throws SQLException {
    var held = new HashMap<UUID, Long>();
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      new Columns<>(statement, List.copyOf(tenants)).text(tenant -> tenant);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          held.put(row.getObject(1, UUID.class), row.getLong(2));
        }
      }
    }
    return held;
  }

  public static Map<UUID, Long> of(Collection<LedgerEvent> events) {
    var numbers = new HashMap<UUID, Long>();
    for (LedgerEvent event : events) {
      numbers.put(event.tenant(), event.number());
    }
    return numbers;
  }

  public static void write(Connection connection, Map<UUID, Long> numbers) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      // In one order everywhere, so that two batches cannot wait for each other.
      List<Map.Entry<UUID, Long>> rows =
          numbers.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
      new Columns<>(statement, rows).text(Map.Entry::getKey).number(Map.Entry::getValue);
      statement.executeUpdate();
    }
  }
}
