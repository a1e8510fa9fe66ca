package io.varve.command.kri;

import io.varve.command.Command;
import io.varve.command.Requires;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import java.util.List;

/**
 * Tells values of KRIs whose source is the one that the caller, an API key, pushes for. All of them
 * are told, or none.
 */
@Requires(Permission.OBSERVATION_PUSH)
public record PushObservations(List<PushedValue> values) implements Command {

  public static final int MAX_VALUES = 100;

  public PushObservations {
    values = List.copyOf(values);
  }

  @Override
  public void check(Rules rules) {
    rules
        .hold(!values.isEmpty(), "/observations", "required", "must not be empty")
        .size("/observations", values, MAX_VALUES);
    values.forEach(value -> value.check(rules));
  }
}
