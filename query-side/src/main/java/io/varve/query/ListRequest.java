package io.varve.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of a list, as it was asked and not yet checked.
 *
 * @param filters values by the name of the filter; several values of one filter are alternatives
 * @param sort the name of a sort, with {@code -} before it for descending; null for the list's own
 * @param limit items in a page, 1 to {@value #MAX_LIMIT}
 * @param cursor {@link Page#next()} of the page before; null for the first
 */
public record ListRequest(
    Map<String, List<String>> filters, @Nullable String sort, int limit, @Nullable String cursor) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 200;

  public static final ListRequest FIRST = new ListRequest(Map.of(), null, DEFAULT_LIMIT, null);

  public ListRequest {
    filters = Map.copyOf(filters);
  }

  public ListRequest filteredBy(String filter, String... values) {
    var more = new HashMap<>(filters);
    more.put(filter, List.of(values));
    return new ListRequest(more, sort, limit, cursor);
  }

  public ListRequest sortedBy(String sort) {
    return new ListRequest(filters, sort, limit, cursor);
  }

  public ListRequest limitedTo(int limit) {
    return new ListRequest(filters, sort, limit, cursor);
  }

  public ListRequest from(@Nullable String cursor) {
    return new ListRequest(filters, sort, limit, cursor);
  }
}
