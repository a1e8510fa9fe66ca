package io.varve.query;

import io.varve.events.Json;
import io.varve.events.rule.Rules;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A field by which a list can be filtered. Several values are alternatives; filters add up.
 *
 * <p>Each is a fixed clause with a fixed number of parameters, of which null means "not asked for".
 */
public sealed interface Filter {

  int MAX_VALUES = 50;
  int MAX_TEXT = 200;

  String name();

  /** For a person, in the API's description. */
  String description();

  /** The SQL condition; true for every row when the filter is not asked for. */
  String clause();

  /** Reports values that it cannot take. */
  void check(Rules rules, List<String> values);

  /**
   * Binds {@link #clause()}'s parameters.
   *
   * @param values checked values; null when the filter is not asked for
   * @return the index after the last parameter
   */
  int bind(PreparedStatement statement, int first, @Nullable List<String> values, Instant now)
      throws SQLException;

  /** One of a closed set of names. */
  static Filter oneOf(String name, Class<? extends Enum<?>> values) {
    List<String> allowed =
        Arrays.stream(values.getEnumConstants())
            .map(value -> Json.MAPPER.convertValue(value, String.class))
            .toList();
    return new AnyOf(name, "d." + name, "text", allowed, "one of " + String.join(", ", allowed));
  }

  /** Exactly this text. */
  static Filter text(String name) {
    return new AnyOf(name, "d." + name, "text", List.of(), "exactly this text");
  }

  /** A small whole number. */
  static Filter level(String name, int min, int max) {
    List<String> allowed = new ArrayList<>();
    for (int level = min; level <= max; level++) {
      allowed.add(Integer.toString(level));
    }
    return new AnyOf(name, "d." + name, "smallint", allowed, min + " to " + max);
  }

  /** An identifier. */
  static Filter id(String name) {
    return new AnyOf(name, "d." + name, "uuid", List.of(), "an identifier");
  }

  /** A column is one of the values. */
  record AnyOf(String name, String column, String type, List<String> allowed, String description)
      implements Filter {

    @Override
    public String clause() {
      return "(cast(? as text[]) is null or %s = any (cast(? as %s[])))".formatted(column, type);
    }

    @Override
    public void check(Rules rules, List<String> values) {
      for (String value : values) {
        boolean fits =
            allowed.isEmpty()
                ? value.length() <= MAX_TEXT && value.indexOf('\0') < 0 && fitsType(value)
                : allowed.contains(value);
        rules.hold(fits, "/" + name, "malformed", "must be " + description);
      }
    }

    private boolean fitsType(String value) {
      return !type.equals("uuid") || isUuid(value);
    }

    @Override
    public int bind(
        PreparedStatement statement, int first, @Nullable List<String> values, Instant now)
        throws SQLException {
      bindArray(statement, first, values);
      bindArray(statement, first + 1, values);
      return first + 2;
    }
  }

  /** A folded text column contains the text, whatever its case. */
  record Contains(String name, String column) implements Filter {

    @Override
    public String description() {
      return "text that the " + column.substring(2) + " contains, in any case";
    }

    @Override
    public String clause() {
      return "(cast(? as text) is null or position(ops.folded(?) in %s) > 0)".formatted(column);
    }

    @Override
    public void check(Rules rules, List<String> values) {
      rules.hold(values.size() == 1, "/" + name, "too-many", "may be given once");
      for (String value : values) {
        rules.line("/" + name, value, MAX_TEXT);
      }
    }

    @Override
    public int bind(
        PreparedStatement statement, int first, @Nullable List<String> values, Instant now)
        throws SQLException {
      String text = values == null ? null : values.getFirst();
      statement.setString(first, text);
      statement.setString(first + 1, text);
      return first + 2;
    }
  }

  /** The document links to any of these things, or is linked from them. */
  record Linked(String name, String condition, String description) implements Filter {

    @Override
    public String clause() {
      return "(cast(? as text[]) is null or " + condition + ")";
    }

    @Override
    public void check(Rules rules, List<String> values) {
      for (String value : values) {
        rules.hold(isUuid(value), "/" + name, "malformed", "must be an identifier");
      }
    }

    @Override
    public int bind(
        PreparedStatement statement, int first, @Nullable List<String> values, Instant now)
        throws SQLException {
      bindArray(statement, first, values);
      bindArray(statement, first + 1, values);
      return first + 2;
    }
  }

  /**
   * Yes or no.
   *
   * @param condition true, false or null
   * @param moments what {@code condition}'s own parameters are at the time of asking, if it has any
   */
  record Flag(String name, String condition, String description, Moments moments)
      implements Filter {

    /** Binds what depends on the time of asking. */
    @FunctionalInterface
    public interface Moments {
      int bind(PreparedStatement statement, int first, Instant now) throws SQLException;
    }

    public static Flag of(String name, String column, String description) {
      return new Flag(name, column, description, (statement, first, now) -> first);
    }

    @Override
    public String clause() {
      return "(cast(? as text) is null or coalesce(%s, false) = cast(? as boolean))"
          .formatted(condition);
    }

    @Override
    public void check(Rules rules, List<String> values) {
      boolean one = values.size() == 1 && List.of("true", "false").contains(values.getFirst());
      rules.hold(one, "/" + name, "malformed", "must be true or false");
    }

    @Override
    public int bind(
        PreparedStatement statement, int first, @Nullable List<String> values, Instant now)
        throws SQLException {
      String flag = values == null ? null : values.getFirst();
      statement.setString(first, flag);
      int next = moments.bind(statement, first + 1, now);
      statement.setString(next, flag);
      return next + 1;
    }
  }

  private static void bindArray(
      PreparedStatement statement, int index, @Nullable List<String> values) throws SQLException {
    if (values == null) {
      statement.setNull(index, Types.ARRAY, "_text");
    } else {
      String[] texts = values.toArray(String[]::new);
      statement.setArray(index, statement.getConnection().createArrayOf("text", texts));
    }
  }

  private static boolean isUuid(String text) {
    try {
      return text.length() == 36 && UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** How a caller may say it, for messages. */
  static String names(List<Filter> filters) {
    return filters.stream().map(Filter::name).collect(Collectors.joining(", "));
  }
}
