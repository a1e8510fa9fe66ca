package io.varve.query;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.access.Permission;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One kind of thing that can be found and listed: who may ask, by what it can be filtered and
 * sorted, and the statements for it.
 *
 * <p>This is the one place where SQL is put together, once, when the class is loaded, from the text
 * of the program: a statement for each sort, direction, and first or later page. Nothing that a
 * caller says becomes part of it.
 *
 * @param <V> what is read
 */
public final class Listing<V> {

  private static final String SELECT =
      """
      select d.id, d.sequence, d.number, d.created, d.at, d.doc%s, %s
        from read.%s d%s
       where d.tenant_id = ?
         and %s
      """;

  /** What a sort, a direction and a place in the list choose. */
  private record Choice(Sort sort, boolean descending, boolean first) {}

  /** Reads one row. */
  @FunctionalInterface
  public interface Reader<S extends State, V> {
    /**
     * @param row at {@link #EXTRA} begin the listing's own columns
     */
    V read(Document<S> document, ResultSet row, Instant now) throws SQLException;
  }

  /**
   * What a listing reads beside the document.
   *
   * @param columns SQL of further columns, each with a comma before it
   * @param joins SQL of further tables
   * @param size how many columns these are
   */
  public record More(String columns, String joins, int size) {
    static final More NOTHING = new More("", "", 0);
  }

  /** Where a row's own columns begin, after the document's. */
  public static final int EXTRA = 7;

  private final String name;
  private final Permission permission;
  private final List<Filter> filters;
  private final List<Sort> sorts;
  private final More more;
  private final String one;
  private final Map<Choice, String> statements = new HashMap<>();
  private final RowReader<V> reader;

  @FunctionalInterface
  private interface RowReader<V> {
    V read(ResultSet row, Instant now) throws SQLException;
  }

  /**
   * @param permission what a caller must have to ask
   * @param sorts the first is the default; a sort that ends a list the other way round is said with
   *     {@code -}
   */
  public <S extends State> Listing(
      StreamDefinition<S, ?> stream,
      Permission permission,
      List<Filter> filters,
      List<Sort> sorts,
      More more,
      Reader<S, V> reader) {
    this.name = stream.name();
    this.permission = requireNonNull(permission, "a query names its permission");
    this.filters = List.copyOf(filters);
    this.sorts = List.copyOf(sorts);
    this.more = more;
    this.reader = (row, now) -> reader.read(Document.read(row, stream), row, now);
    String table = '"' + name + '"';
    this.one = SELECT.formatted(more.columns(), "null", table, more.joins(), "d.id = ?");
    for (Sort sort : sorts) {
      for (boolean descending : new boolean[] {false, true}) {
        for (boolean first : new boolean[] {false, true}) {
          var choice = new Choice(sort, descending, first);
          statements.put(choice, statement(table, choice));
        }
      }
    }
  }

  /** A listing of documents and nothing else. */
  public static <S extends State> Listing<Document<S>> of(
      StreamDefinition<S, ?> stream,
      Permission permission,
      List<Filter> filters,
      List<Sort> sorts) {
    return new Listing<>(
        stream, permission, filters, sorts, More.NOTHING, (document, row, now) -> document);
  }

  /** The stream whose things these are. */
  public String name() {
    return name;
  }

  public Permission permission() {
    return permission;
  }

  public List<Filter> filters() {
    return filters;
  }

  public List<Sort> sorts() {
    return sorts;
  }

  Optional<Filter> filter(String filter) {
    return filters.stream().filter(f -> f.name().equals(filter)).findFirst();
  }

  Optional<Sort> sort(String sort) {
    return sorts.stream().filter(s -> s.name().equals(sort)).findFirst();
  }

  /** Takes a tenant and an identifier. */
  String one() {
    return one;
  }

  /**
   * Takes a tenant, the filters' parameters, then, but for the first page, the last value and
   * identifier of the page before, and the limit.
   */
  String page(Sort sort, boolean descending, boolean first) {
    return requireNonNull(statements.get(new Choice(sort, descending, first)));
  }

  V read(ResultSet row, Instant now) throws SQLException {
    return reader.read(row, now);
  }

  /** The value by which a row is sorted, as text that PostgreSQL reads back as the same value. */
  String sortedBy(ResultSet row) throws SQLException {
    return row.getString(EXTRA + more.size());
  }

  private String statement(String table, Choice choice) {
    Sort sort = choice.sort();
    var conditions = new StringBuilder("true");
    for (Filter filter : filters) {
      conditions.append("\n   and ").append(filter.clause());
    }
    if (!choice.first()) {
      conditions.append(
          "\n   and (%s, %s) %s (cast(? as %s), cast(? as uuid))"
              .formatted(sort.column(), sort.id(), choice.descending() ? "<" : ">", sort.type()));
    }
    String direction = choice.descending() ? " desc" : "";
    return SELECT.formatted(
            more.columns(), "cast(" + sort.column() + " as text)", table, more.joins(), conditions)
        + " order by %s%s, %s%s\n limit ?"
            .formatted(sort.column(), direction, sort.id(), direction);
  }
}
