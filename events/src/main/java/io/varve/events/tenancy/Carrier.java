package io.varve.events.tenancy;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.CarrierEvent.CarrierCreated;
import io.varve.events.tenancy.CarrierEvent.CarrierRenamed;
import org.jspecify.annotations.Nullable;

/** A cyber insurer, who sees of a tenant what that tenant grants, and nothing else. */
public record Carrier(CarrierId id, String name) implements State {

  public static final StreamDefinition<Carrier, CarrierEvent> STREAM =
      new StreamDefinition<>("carrier", Carrier.class, CarrierEvent.class, Carrier::evolve);

  public static final int MAX_NAME = 200;

  static Carrier evolve(@Nullable Carrier carrier, CarrierEvent event) {
    return switch (event) {
      case CarrierCreated e -> new Carrier(e.id(), e.name());
      case CarrierRenamed e -> new Carrier(requireNonNull(carrier).id, e.name());
    };
  }

  @Override
  public void check(Rules rules) {
    rules.line("/name", name, MAX_NAME);
  }
}
