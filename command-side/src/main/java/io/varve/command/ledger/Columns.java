package io.varve.command.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Binds rows as one array per column, so that any number of them is one statement. */
final class Columns {

  private final Connection connection;
  private final PreparedStatement statement;
  private int next;

  /**
   * @param first the parameter that takes the first column
   */
  Columns(Connection connection, PreparedStatement statement, int first) {
    this.connection = connection;
    this.statement = statement;
    this.next = first;
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

  private void bind(String type, Object values) throws SQLException {
    statement.setArray(next++, connection.unwrap(PGConnection.class).createArrayOf(type, values));
  }
}
