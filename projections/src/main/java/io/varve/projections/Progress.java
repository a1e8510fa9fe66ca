package io.varve.projections;

import io.varve.postgres.Columns;
import io.varve.projections.feed.LedgerEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** How far each tenant's read models have got, said in the transaction that gets them there. */
final class Progress {

  private static final String WRITE =
      """
      insert into read.progress as p (tenant_id, number)
      select * from unnest(cast(? as uuid[]), ?)
          on conflict (tenant_id) do update set number = excluded.number where p.number < excluded.number
      """;

  private Progress() {}

  static Map<UUID, Long> of(Collection<LedgerEvent> events) {
    var numbers = new TreeMap<UUID, Long>();
    for (LedgerEvent event : events) {
      numbers.put(event.tenant(), event.number());
    }
    return numbers;
  }

  static void write(Connection connection, Map<UUID, Long> numbers) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      new Columns<>(statement, List.copyOf(numbers.entrySet()))
          .text(Map.Entry::getKey)
          .number(Map.Entry::getValue);
      statement.executeUpdate();
    }
  }
}
