package io.varve.query;

import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * One thing as it stands in its read model: exactly the fold of its stream, up to a sequence.
 *
 * @param sequence the place of its last event in its stream, from 0; what {@code If-Match} takes
 * @param number the number of that event among those of its tenant
 * @param created the time of its first event
 * @param at the time of its last event
 */
public record Document<S extends State>(
    UUID id, long sequence, long number, Instant created, Instant at, S state) {

  /**
   * @param row that begins with the columns of this record, in their order
   */
  public static <S extends State> Document<S> read(ResultSet row, StreamDefinition<S, ?> stream)
      throws SQLException {
    return new Document<>(
        row.getObject(1, UUID.class),
        row.getLong(2),
        row.getLong(3),
        row.getObject(4, OffsetDateTime.class).toInstant(),
        row.getObject(5, OffsetDateTime.class).toInstant(),
        Json.read(row.getString(6), stream.stateType()));
  }
}
