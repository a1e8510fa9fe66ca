package io.varve.web.scim;

import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.SortOrder;
import com.unboundid.scim2.common.types.AttributeDefinition;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The order of a search's answers (RFC 7644, section 3.4.2.3): what lacks the value comes last. */
final class Ordering {

  private record Keyed(GenericScimResource resource, @Nullable JsonNode key) {}

  private Ordering() {}

  static List<GenericScimResource> of(
      ResourceKind kind, List<GenericScimResource> resources, Path by, @Nullable SortOrder order)
      throws ScimException {
    Path path = kind.plain(by);
    var keyed = new ArrayList<Keyed>();
    for (GenericScimResource resource : resources) {
      keyed.add(new Keyed(resource, key(resource, path)));
    }
    AttributeDefinition attribute = kind.attribute(path);
    Comparator<Keyed> ascending =
        Comparator.comparing(
            Keyed::key, Comparator.nullsLast((a, b) -> JsonUtils.compareTo(a, b, attribute)));
    keyed.sort(order == SortOrder.DESCENDING ? ascending.reversed() : ascending);
    return keyed.stream().map(Keyed::resource).toList();
  }

  /** The value, or the primary one of several, else the first. */
  private static @Nullable JsonNode key(GenericScimResource resource, Path path)
      throws ScimException {
    List<JsonNode> found = JsonUtils.findMatchingPaths(path, resource.getObjectNode());
    if (found.isEmpty() || found.getFirst().isNull()) {
      return null;
    }
    JsonNode value = found.getFirst();
    if (!value.isArray()) {
      return value;
    }
    for (JsonNode one : value) {
      if (one.path("primary").asBoolean(false)) {
        return one;
      }
    }
    return value.get(0);
  }
}
