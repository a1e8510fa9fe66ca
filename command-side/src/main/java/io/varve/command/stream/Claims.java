package io.varve.command.stream;

import io.varve.events.State;
import io.varve.events.UniqueValue;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The unique values that an event takes and frees: those of the state after it, less those before
 * it.
 */
public record Claims(Set<UniqueValue> taken, Set<UniqueValue> freed) {

  public static final Claims NONE = new Claims(Set.of(), Set.of());

  static Claims between(@Nullable State before, State after) {
    Set<UniqueValue> held = before == null ? Set.of() : before.uniqueValues();
    Set<UniqueValue> wanted = after.uniqueValues();
    return held.equals(wanted) ? NONE : new Claims(without(wanted, held), without(held, wanted));
  }

  private static Set<UniqueValue> without(Set<UniqueValue> all, Set<UniqueValue> some) {
    var rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
