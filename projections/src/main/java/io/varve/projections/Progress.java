package io.varve.projections;

import io.varve.postgres.Columns;
import io.varve.projections.feed.Placed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How far a processor has got with each tenant's events, said in the transaction that gets it
 * there. The table's name comes from the program.
 */
public final class Progress {

  private static final String WRITE =
      """
      insert into read.{table} as p (tenant_id, number)
      select * from unnest(cast(? as uuid[]), ?)
          on conflict (tenant_id) do update set number = excluded.number where p.number < excluded.number
      """;

  private static final String READ =
      """
      select p.tenant_id, p.number
        from unnest(cast(? as uuid[])) as t (tenant_id)
        join read.{table} p on p.tenant_id = t.tenant_id
      """;

  public static final Progress OF_READ_MODELS = new Progress("progress");
  static final Progress OF_AUDIT_INDEX = new Progress("audit_progress");

  private final String write;
  private final String read;

  private Progress(String table) {
    this.write = WRITE.replace("{table}", table);
    this.read = READ.replace("{table}", table);
  }

  /** Those events that the processor has not written yet: all, unless a batch runs twice. */
  <E extends Placed> List<E> news(Connection connection, List<E> events) throws SQLException {
    Map<UUID, Long> held = read(connection, of(events).keySet());
    return events.stream()
        .filter(event -> event.number() > held.getOrDefault(event.tenant(), 0L))
        .toList();
  }

  private Map<UUID, Long> read(Connection connection, Collection<UUID> tenants)
      throws SQLException {
    var held = new HashMap<UUID, Long>();
    try (PreparedStatement statement = connection.prepareStatement(read)) {
      new Columns<>(statement, List.copyOf(tenants)).text(tenant -> tenant);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          held.put(row.getObject(1, UUID.class), row.getLong(2));
        }
      }
    }
    return held;
  }

  public static Map<UUID, Long> of(Collection<? extends Placed> events) {
    var numbers = new HashMap<UUID, Long>();
    for (Placed event : events) {
      numbers.put(event.tenant(), event.number());
    }
    return numbers;
  }

  public void write(Connection connection, Map<UUID, Long> numbers) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(write)) {
      // In one order everywhere, so that two batches cannot wait for each other.
      List<Map.Entry<UUID, Long>> rows =
          numbers.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
      new Columns<>(statement, rows).text(Map.Entry::getKey).number(Map.Entry::getValue);
      statement.executeUpdate();
    }
  }
}
