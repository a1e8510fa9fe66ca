package io.varve.projections.document;

import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.kri.Kri;
import io.varve.events.kri.Observation;
import io.varve.postgres.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The table of one stream's documents, read and written as many at a time as there are. Its name is
 * the stream's, which comes from the program: the statements are made once.
 */
final class DocumentTable {

  private static final String READ =
      """
      select d.tenant_id, d.id, d.sequence, d.number, d.position, d.created, d.at, d.doc
        from unnest(cast(? as uuid[]), cast(? as uuid[])) k (tenant_id, id)
       cross join lateral (
             select * from read."{stream}" d where d.tenant_id = k.tenant_id and d.id = k.id offset 0) d
      """;

  private static final String BEGIN =
      """
      insert into read."{stream}" (tenant_id, id, sequence, number, position, created, at, doc{more})
      select n.tenant_id, n.id, n.sequence, n.number, n.position, n.created, n.at, cast(n.doc as jsonb){more}
        from unnest(cast(? as uuid[]), cast(? as uuid[]), ?, ?, ?,
                    cast(? as timestamptz[]), cast(? as timestamptz[]), ?{parameters})
          as n (tenant_id, id, sequence, number, position, created, at, doc{more})
      """;

  /** Nothing indexed changes as a rule, so that the new version stays in its page. */
  private static final String CONTINUE =
      """
      update read."{stream}" d
         set sequence = n.sequence, number = n.number, position = n.position, at = n.at,
             doc = cast(n.doc as jsonb){set}
        from unnest(cast(? as uuid[]), cast(? as uuid[]), ?, ?, ?,
                    cast(? as timestamptz[]), cast(? as timestamptz[]), ?{parameters})
          as n (tenant_id, id, sequence, number, position, created, at, doc{more})
       where d.tenant_id = n.tenant_id and d.id = n.id and d.sequence < n.sequence
      """;

  /**
   * A document in the tenant that it is read in.
   *
   * @param begins whether it is not there yet
   */
  record Row(UUID home, UUID id, boolean begins, Folded folded, String doc) {}

  private final StreamDefinition<?, ?> stream;
  private final boolean coloured;
  private final String read;
  private final String begin;
  private final String continueIt;

  DocumentTable(StreamDefinition<?, ?> stream) {
    this.stream = stream;
    this.coloured = stream.stateType() == Kri.class;
    this.read = statement(READ);
    this.begin = statement(BEGIN);
    this.continueIt = statement(CONTINUE);
  }

  /** Of a KRI, what its current value means comes with the document: the rule is the model's. */
  private String statement(String template) {
    return template
        .replace("{stream}", stream.name())
        .replace("{more}", coloured ? ", colour, observed_at" : "")
        .replace("{parameters}", coloured ? ", ?, cast(? as timestamptz[])" : "")
        .replace("{set}", coloured ? ", colour = n.colour, observed_at = n.observed_at" : "");
  }

  void read(Connection connection, List<StreamKey> keys, Map<StreamKey, Folded> into)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(read)) {
      new Columns<>(statement, keys).text(StreamKey::tenant).text(StreamKey::id);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          var key = new StreamKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
          into.put(key, folded(row));
        }
      }
    }
  }

  /**
   * Writes documents that were read, or were not there, in this same transaction.
   *
   * @throws IllegalStateException if another transaction has been at one of them
   */
  void write(Connection connection, List<Row> rows) throws SQLException {
    write(connection, begin, rows.stream().filter(Row::begins).toList());
    write(connection, continueIt, rows.stream().filter(row -> !row.begins()).toList());
  }

  private void write(Connection connection, String sql, List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Columns<Row> columns =
          new Columns<>(statement, rows)
              .text(Row::home)
              .text(Row::id)
              .number(row -> row.folded().sequence())
              .number(row -> row.folded().number())
              .number(row -> row.folded().position())
              .text(row -> row.folded().created())
              .text(row -> row.folded().at())
              .text(Row::doc);
      if (coloured) {
        columns
            .number(row -> Colours.rank(kri(row).colour()))
            .text(
                row -> {
                  Observation current = kri(row).current();
                  return current == null ? null : current.observedAt();
                });
      }
      if (statement.executeUpdate() != rows.size()) {
        throw new IllegalStateException("a document is newer than the batch that writes it");
      }
    }
  }

  private static Kri kri(Row row) {
    return (Kri) row.folded().state();
  }

  private Folded folded(ResultSet row) throws SQLException {
    String doc = row.getString(8);
    State state = Json.read(doc, stream.stateType());
    return new Folded(
        state,
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        doc.length());
  }
}
