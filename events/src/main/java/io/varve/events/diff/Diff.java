package io.varve.events.diff;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The structural difference of two JSON documents: what an event did to its stream's state.
 *
 * <p>Objects are compared member by member; anything else, an array too, is one value that is the
 * same or is replaced. So {@code between(a, b).applyTo(a)} equals {@code b} for any two objects,
 * which is the law that makes a recorded diff evidence: it can be checked against the fold.
 *
 * @param changes ordered by the place of their member in the later document, removals last
 */
public record Diff(@JsonValue List<Change> changes) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Diff {
    changes = List.copyOf(changes);
  }

  /**
   * What turns {@code before} into {@code after}; a null {@code before} is a stream without a
   * state.
   */
  public static Diff between(@Nullable JsonNode before, JsonNode after) {
    var changes = new ArrayList<Change>();
    compare("", before, after, changes);
    return new Diff(changes);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /**
   * The document that this diff leads to.
   *
   * @throws DiffMismatchException if {@code before} is not what the diff started from
   */
  public JsonNode applyTo(@Nullable JsonNode before) {
    JsonNode root = before == null ? null : before.deepCopy();
    for (Change change : changes) {
      root = apply(root, change);
    }
    if (root == null) {
      throw new DiffMismatchException("", "an empty diff has no result without a state");
    }
    return root;
  }

  private static void compare(
      String path, @Nullable JsonNode before, JsonNode after, List<Change> changes) {
    if (after instanceof ObjectNode now && (before == null || before instanceof ObjectNode)) {
      if (before == null && now.isEmpty()) {
        changes.add(new Change(path, null, now));
        return;
      }
      compareMembers(path, (ObjectNode) before, now, changes);
    } else if (!after.equals(before)) {
      changes.add(new Change(path, before, after));
    }
  }

  private static void compareMembers(
      String path, @Nullable ObjectNode before, ObjectNode after, List<Change> changes) {
    for (Map.Entry<String, JsonNode> member : after.properties()) {
      JsonNode old = before == null ? null : before.get(member.getKey());
      compare(path + '/' + escape(member.getKey()), old, member.getValue(), changes);
    }
    if (before != null) {
      for (Map.Entry<String, JsonNode> member : before.properties()) {
        if (!after.has(member.getKey())) {
          changes.add(new Change(path + '/' + escape(member.getKey()), member.getValue(), null));
        }
      }
    }
  }

  private static @Nullable JsonNode apply(@Nullable JsonNode root, Change change) {
    String path = change.path();
    if (path.isEmpty()) {
      requireSame(change, root);
      return change.to();
    }
    ObjectNode top = object(change, root);
    ObjectNode parent = top;
    String[] steps = path.substring(1).split("/", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      String name = unescape(steps[i]);
      JsonNode child = parent.get(name);
      ObjectNode next = object(change, child);
      if (child == null) {
        parent.set(name, next);
      }
      parent = next;
    }
    String name = unescape(steps[steps.length - 1]);
    requireSame(change, parent.get(name));
    if (change.to() == null) {
      parent.remove(name);
    } else {
      parent.set(name, change.to());
    }
    return top;
  }

  private static ObjectNode object(Change change, @Nullable JsonNode node) {
    if (node == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new DiffMismatchException(change.path(), "passes through a value that is no object");
  }

  private static void requireSame(Change change, @Nullable JsonNode found) {
    if (!Objects.equals(change.from(), found)) {
      throw new DiffMismatchException(change.path(), "starts from another value");
    }
  }

  private static String escape(String name) {
    return name.indexOf('~') < 0 && name.indexOf('/') < 0
        ? name
        : name.replace("~", "~0").replace("/", "~1");
  }

  private static String unescape(String step) {
    return step.indexOf('~') < 0 ? step : step.replace("~1", "/").replace("~0", "~");
  }
}
