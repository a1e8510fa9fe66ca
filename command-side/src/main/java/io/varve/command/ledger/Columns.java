package io.varve.command.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Binds parameters in turn, rows as one array per column: any number of rows is one statement. */
final class Columns {

  private final PreparedStatement statement;
  private int next;

  /**
   * @param first the parameter that takes the first column
   */
  Columns(PreparedStatement statement, int first) {
    this.statement = statement;
    this.next = first;
  }

  <R> void uuids(List<R> rows, Function<R, UUID> column) throws SQLException {
    texts(rows, row -> column.apply(row).toString());
  }

  <R> void texts(List<R> rows, Function<R, String> column) throws SQLException {
    var values = new String[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.apply(rows.get(i));
    }
    bind("text", values);
  }

  <R> void nullableTexts(List<R> rows, Function<R, @Nullable String> column) throws SQLException {
    var values = new @Nullable String[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.apply(rows.get(i));
    }
    bind("text", values);
  }

  <R> void longs(List<R> rows, ToLongFunction<R> column) throws SQLException {
    bind("bigint", rows.stream().mapToLong(column).toArray());
  }

  <R> void booleans(List<R> rows, Predicate<R> column) throws SQLException {
    var values = new boolean[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.test(rows.get(i));
    }
    bind("boolean", values);
  }

  void instant(Instant value) throws SQLException {
    statement.setObject(next++, OffsetDateTime.ofInstant(value, ZoneOffset.UTC));
  }

  void number(long value) throws SQLException {
    statement.setLong(next++, value);
  }

  /** The parameter after the last that was bound. */
  int next() {
    return next;
  }

  private void bind(String type, Object values) throws SQLException {
    Connection connection = statement.getConnection();
    statement.setArray(next++, connection.unwrap(PGConnection.class).createArrayOf(type, values));
  }
}
