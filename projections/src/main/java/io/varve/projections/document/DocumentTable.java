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
        join read."{stream}" d on d.tenant_id = k.tenant_id and d.id = k.id
      """;

  /** A batch that runs a second time finds its sequences there and changes nothing. */
  private static final String WRITE =
      """
      insert into read."{stream}" as d (tenant_id, id, sequence, number, position, created, at, doc)
      select n.tenant_id, n.id, n.sequence, n.number, n.position, n.created, n.at, cast(n.doc as jsonb)
        from unnest(cast(? as uuid[]), cast(? as uuid[]), ?, ?, ?,
                    cast(? as timestamptz[]), cast(? as timestamptz[]), ?)
          as n (tenant_id, id, sequence, number, position, created, at, doc)
          on conflict (tenant_id, id) do update
         set sequence = excluded.sequence, number = excluded.number, position = excluded.position,
             at = excluded.at, doc = excluded.doc
       where d.sequence < excluded.sequence
      """;

  /** The rule for the colour is the model's alone, so the colour comes with the document. */
  private static final String WRITE_KRI =
      """
      insert into read.kri as d (tenant_id, id, sequence, number, position, created, at, doc, colour, observed_at)
      select n.tenant_id, n.id, n.sequence, n.number, n.position, n.created, n.at, cast(n.doc as jsonb), n.colour,
             n.observed_at
        from unnest(cast(? as uuid[]), cast(? as uuid[]), ?, ?, ?,
                    cast(? as timestamptz[]), cast(? as timestamptz[]), ?, ?, cast(? as timestamptz[]))
          as n (tenant_id, id, sequence, number, position, created, at, doc, colour, observed_at)
          on conflict (tenant_id, id) do update
         set sequence = excluded.sequence, number = excluded.number, position = excluded.position,
             at = excluded.at, doc = excluded.doc, colour = excluded.colour,
             observed_at = excluded.observed_at
       where d.sequence < excluded.sequence
      """;

  /** A document in the tenant that it is read in. */
  record Row(UUID home, UUID id, Folded folded, String doc) {}

  private final StreamDefinition<?, ?> stream;
  private final boolean coloured;
  private final String read;
  private final String write;

  DocumentTable(StreamDefinition<?, ?> stream) {
    this.stream = stream;
    this.coloured = stream.stateType() == Kri.class;
    this.read = READ.replace("{stream}", stream.name());
    this.write = coloured ? WRITE_KRI : WRITE.replace("{stream}", stream.name());
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

  void write(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(write)) {
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
      statement.executeUpdate();
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
