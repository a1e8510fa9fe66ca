package io.varve.web.scim;

import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.ScimResource;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.SearchRequest;
import com.unboundid.scim2.common.types.AttributeDefinition;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Searches of a directory (RFC 7644, section 3.4.2). */
final class Search {

  /** The most resources that an answer has. */
  static final int MAX_COUNT = 200;

  private static final int DEFAULT_COUNT = 100;

  /** The most resources that are opened for one answer. */
  private static final int MAX_OPENED = 10_000;

  private static final int MAX_FILTER = 2_000;

  private Search() {}

  static ListResponse<GenericScimResource> of(Exchange exchange, Shelf shelf, SearchRequest request)
      throws ScimException {
    ResourceKind kind = shelf.lookup().kind();
    Selection selection =
        Selection.of(kind, request.getAttributes(), request.getExcludedAttributes());
    int start = Math.max(1, request.getStartIndex() == null ? 1 : request.getStartIndex());
    int count = request.getCount() == null ? DEFAULT_COUNT : request.getCount();
    int most = Math.clamp(count, 0, MAX_COUNT);
    @Nullable Filter filter = filter(request.getFilter());
    Narrowing narrowing = Narrowing.of(filter, shelf.lookup());
    List<UUID> ids = shelf.ids(exchange, narrowing.which());
    if (narrowing.exact() && request.getSortBy() == null) {
      List<? extends ScimResource> shown = shelf.resources(exchange, page(ids, start, most));
      return answer(ids.size(), start, shown, selection);
    }
    if (ids.size() > MAX_OPENED) {
      throw BadRequestException.tooMany(
          "This has to look at more resources than it may: filter by userName, externalId or id.");
    }
    List<GenericScimResource> found = new ArrayList<>();
    var evaluator = new Evaluator(kind);
    for (ScimResource resource : shelf.resources(exchange, ids)) {
      GenericScimResource generic = resource.asGenericScimResource();
      if (filter == null || filter.visit(evaluator, generic.getObjectNode())) {
        found.add(generic);
      }
    }
    if (request.getSortBy() != null) {
      Path sortBy = Path.fromString(request.getSortBy());
      found = Ordering.of(kind, found, sortBy, request.getSortOrder());
    }
    return answer(found.size(), start, page(found, start, most), selection);
  }

  /** Compares values as their attributes' definitions say. */
  private static final class Evaluator extends FilterEvaluator {
    private final ResourceKind kind;

    Evaluator(ResourceKind kind) {
      this.kind = kind;
    }

    @Override
    protected @Nullable AttributeDefinition getAttributeDefinition(Path path) {
      return kind.attribute(path);
    }
  }

  private static ListResponse<GenericScimResource> answer(
      int total, int start, List<? extends ScimResource> page, Selection selection) {
    List<GenericScimResource> shown = page.stream().map(selection::of).toList();
    return new ListResponse<>(total, shown, start, shown.size());
  }

  private static <T> List<T> page(List<T> all, int start, int most) {
    int from = Math.min(start - 1, all.size());
    return all.subList(from, Math.min(all.size(), from + most));
  }

  private static @Nullable Filter filter(@Nullable String text) throws ScimException {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.length() > MAX_FILTER) {
      throw BadRequestException.invalidFilter("The filter is longer than it may be.");
    }
    return Filter.fromString(text);
  }
}
