package io.varve.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Binds rows as one array per column, so that any number of them is one statement. */
public final class Columns<R> {

  private final PreparedStatement statement;
  private final List<R> rows;
  private int next;

  public Columns(PreparedStatement statement, List<R> rows) {
    this(statement, rows, 1);
  }

  /**
   * @param first the parameter that takes the first column
   */
  public Columns(PreparedStatement statement, List<R> rows, int first) {
    this.statement = statement;
    this.rows = rows;
    this.next = first;
  }

  /** The text of whatever the column's parameter is cast to, an array of text. */
  public Columns<R> text(Function<R, @Nullable Object> column) throws SQLException {
    var values = new @Nullable String[rows.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = column.apply(rows.get(i));
      values[i] = value == null ? null : value.toString();
    }
    return bind("text", values);
  }

  public Columns<R> number(ToLongFunction<R> column) throws SQLException {
    var values = new long[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.applyAsLong(rows.get(i));
    }
    return bind("bigint", values);
  }

  public Columns<R> bytes(Function<R, byte[]> column) throws SQLException {
    return bind("bytea", rows.stream().map(column).toArray(byte[][]::new));
  }

  private Columns<R> bind(String type, Object values) throws SQLException {
    var connection = statement.getConnection().unwrap(PGConnection.class);
    statement.setArray(next++, connection.createArrayOf(type, values));
    return this;
  }
}
