package io.varve.web.scim;

import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.ScimResource;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ForbiddenException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchOpType;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.types.AttributeDefinition;
import com.unboundid.scim2.common.types.AttributeDefinition.Mutability;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies patches (RFC 7644, section 3.5.2) in the shapes in which directories send them: without a
 * path and with paths as names of fields (Entra ID), with an {@code id} that stays as it is (Okta),
 * with attributes that are not kept, which are passed over.
 */
final class Patches {

  /** What a patch may have of operations, and an addition of values. */
  private static final int MAX_SIZE = 2_000;

  private Patches() {}

  /** What a resource is after a patch. */
  static <R extends ScimResource> R apply(
      ResourceKind kind, R resource, Class<R> type, PatchRequest patch) throws ScimException {
    ObjectNode node = resource.asGenericScimResource().getObjectNode();
    if (patch.getOperations().size() > MAX_SIZE) {
      throw BadRequestException.tooMany("These are more operations than a patch may have.");
    }
    for (PatchOperation operation : patch) {
      for (PatchOperation single : singles(operation)) {
        Path path = kind.plain(single.getPath());
        if (isKept(kind, path, operation.getPath() != null)) {
          settled(single, path, node).apply(node);
        }
      }
    }
    try {
      return JsonUtils.nodeToValue(node, type);
    } catch (JacksonException wrong) {
      throw BadRequestException.invalidValue("The patch has a value of a wrong type.");
    }
  }

  /** One operation for each attribute. */
  private static List<PatchOperation> singles(PatchOperation operation) throws ScimException {
    if (operation.getPath() != null && !operation.getPath().isRoot()) {
      return List.of(operation);
    }
    var singles = new ArrayList<PatchOperation>();
    if (operation.getJsonNode() instanceof ObjectNode fields) {
      for (Map.Entry<String, JsonNode> field : fields.properties()) {
        Path path = Path.fromString(field.getKey());
        JsonNode value = field.getValue();
        boolean nothing = value.isNull() || (value.isObject() && value.isEmpty());
        singles.add(
            nothing
                ? PatchOperation.remove(path)
                : PatchOperation.create(operation.getOpType(), path, value));
      }
    }
    return singles;
  }

  /**
   * @param named whether the operation is about this attribute alone
   */
  private static boolean isKept(ResourceKind kind, Path path, boolean named) throws ScimException {
    if (path.getSchemaUrn() != null) {
      return false;
    }
    String attribute = path.getElement(0).getAttribute();
    if (attribute.equalsIgnoreCase("password")) {
      throw new ForbiddenException("A directory sets no passwords.");
    }
    AttributeDefinition kept = kind.attribute(Path.root().attribute(attribute));
    if (kept == null) {
      if (!kind.knows(attribute)) {
        throw BadRequestException.invalidPath("There is no attribute " + attribute + ".");
      }
      return false;
    }
    if (kept.getMutability() == Mutability.READ_ONLY) {
      if (named) {
        throw BadRequestException.mutability("The attribute " + attribute + " is read-only.");
      }
      return false;
    }
    return !attribute.equalsIgnoreCase("schemas");
  }

  /** What is added to a value that is there already replaces it, as far as it is one value. */
  private static PatchOperation settled(PatchOperation operation, Path path, ObjectNode node)
      throws ScimException {
    JsonNode value = operation.getJsonNode();
    if (operation.getOpType() == PatchOpType.REMOVE) {
      return value == null ? PatchOperation.remove(path) : operation;
    }
    if (operation.getOpType() == PatchOpType.REPLACE) {
      return PatchOperation.replace(path, value);
    }
    if (value.size() > MAX_SIZE) {
      throw BadRequestException.tooMany("These are more values than an operation may add.");
    }
    boolean there =
        path.getElement(0).getValueFilter() != null && JsonUtils.pathExists(path.subPath(1), node);
    return there ? PatchOperation.replace(path, value) : PatchOperation.add(path, value);
  }
}
