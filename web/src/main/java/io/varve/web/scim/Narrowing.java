package io.varve.web.scim;

import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import io.varve.events.identity.User;
import io.varve.query.identity.Directory.Which;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ValueNode;

/**
 * What of a filter the read model answers by itself, so that few resources, or none beyond a page,
 * need to be opened.
 *
 * @param exact whether that is all of the filter
 */
record Narrowing(Which which, boolean exact) {

  /** Nothing has it. */
  private static final UUID NOTHING = new UUID(0, 0);

  /**
   * How a kind of resource is found.
   *
   * @param key turns the value of {@code attribute} into what it is found by
   */
  record Lookup(
      ResourceKind kind,
      String attribute,
      UnaryOperator<String> key,
      UnaryOperator<String> externalId) {}

  static Narrowing of(@Nullable Filter filter, Lookup lookup) {
    return filter == null
        ? new Narrowing(Which.ANY, true)
        : new Narrowing(Which.ANY, true).by(filter, lookup);
  }

  private Narrowing by(Filter filter, Lookup lookup) {
    if (filter.getFilterType() == FilterType.AND) {
      Narrowing all = this;
      for (Filter part : filter.getCombinedFilters()) {
        all = all.by(part, lookup);
      }
      return all;
    }
    if (filter.getFilterType() != FilterType.EQUAL) {
      return inexact();
    }
    Path path = lookup.kind().plain(filter.getAttributePath());
    ValueNode value = filter.getComparisonValue();
    if (path.getSchemaUrn() != null || path.size() != 1) {
      return inexact();
    }
    String attribute = path.getElement(0).getAttribute();
    if (value.isBoolean()) {
      return which.status() == null && attribute.equalsIgnoreCase("active")
          ? new Narrowing(
              new Which(
                  which.id(),
                  which.key(),
                  which.externalId(),
                  value.booleanValue() ? User.Status.ACTIVE : User.Status.DISABLED),
              exact)
          : inexact();
    }
    return value.isString() ? by(attribute, value.asString(), lookup) : inexact();
  }

  private Narrowing by(String attribute, String value, Lookup lookup) {
    if (which.id() == null && attribute.equalsIgnoreCase("id")) {
      return new Narrowing(
          new Which(id(value), which.key(), which.externalId(), which.status()), exact);
    }
    if (which.key() == null && attribute.equalsIgnoreCase(lookup.attribute())) {
      return new Narrowing(
          new Which(which.id(), lookup.key().apply(value), which.externalId(), which.status()),
          exact);
    }
    if (which.externalId() == null && attribute.equalsIgnoreCase("externalId")) {
      return new Narrowing(
          new Which(which.id(), which.key(), lookup.externalId().apply(value), which.status()),
          exact);
    }
    return inexact();
  }

  private Narrowing inexact() {
    return new Narrowing(which, false);
  }

  private static UUID id(String value) {
    try {
      UUID id = UUID.fromString(value);
      return id.toString().equals(value) ? id : NOTHING;
    } catch (IllegalArgumentException none) {
      return NOTHING;
    }
  }
}
