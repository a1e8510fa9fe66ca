package io.varve.web.scim;

import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.ScimResource;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.types.AttributeDefinition;
import com.unboundid.scim2.common.types.AttributeDefinition.Returned;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which attributes of a resource are answered (RFC 7644, section 3.9).
 *
 * @param only whether just these are wanted, or all but these
 */
record Selection(ResourceKind kind, Set<Path> paths, boolean only) {

  static Selection of(
      ResourceKind kind, @Nullable Set<String> attributes, @Nullable Set<String> excluded)
      throws ScimException {
    Set<String> wanted = attributes == null ? Set.of() : attributes;
    Set<String> unwanted = excluded == null ? Set.of() : excluded;
    boolean only = !wanted.isEmpty();
    var paths = new HashSet<Path>();
    for (String name : only ? wanted : unwanted) {
      try {
        paths.add(kind.plain(Path.fromString(name)).withoutFilters());
      } catch (BadRequestException malformed) {
        throw BadRequestException.invalidValue("There is no attribute " + name + ".");
      }
    }
    return new Selection(kind, paths, only);
  }

  GenericScimResource of(ScimResource resource) {
    return new GenericScimResource(
        part(resource.asGenericScimResource().getObjectNode(), Path.root()));
  }

  private ObjectNode part(ObjectNode all, Path at) {
    ObjectNode part = JsonUtils.getJsonNodeFactory().objectNode();
    for (Map.Entry<String, JsonNode> field : all.properties()) {
      Path path = at.attribute(field.getKey());
      if (isWanted(path)) {
        part.set(field.getKey(), part(field.getValue(), path));
      }
    }
    return part;
  }

  private JsonNode part(JsonNode value, Path at) {
    if (value instanceof ObjectNode object) {
      return part(object, at);
    }
    if (value instanceof ArrayNode array) {
      ArrayNode parts = JsonUtils.getJsonNodeFactory().arrayNode();
      array.forEach(element -> parts.add(part(element, at)));
      return parts;
    }
    return value;
  }

  private boolean isWanted(Path path) {
    AttributeDefinition attribute = kind.attribute(path);
    if (attribute != null && attribute.getReturned() == Returned.ALWAYS) {
      return true;
    }
    boolean within = paths.stream().anyMatch(named -> isWithin(path, named));
    return only ? within || paths.stream().anyMatch(named -> isWithin(named, path)) : !within;
  }

  private static boolean isWithin(Path path, Path whole) {
    return path.size() >= whole.size() && path.subPath(whole.size()).equals(whole);
  }
}
