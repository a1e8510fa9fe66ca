package io.varve.events.tenancy;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.CarrierEvent.CarrierCreated;
import io.varve.events.tenancy.CarrierEvent.CarrierMfaPolicySet;
import io.varve.events.tenancy.CarrierEvent.CarrierRenamed;
import org.jspecify.annotations.Nullable;

/**
 * A cyber insurer, who sees of a tenant what that tenant grants, and nothing else.
 *
 * @param mfaRequired whether everybody who belongs here must have a second factor
 */
public record Carrier(CarrierId id, String name, boolean mfaRequired) implements State {

  public static final StreamDefinition<Carrier, CarrierEvent> STREAM =
      new StreamDefinition<>("carrier", Carrier.class, CarrierEvent.class, Carrier::evolve, 2);

  public static final int MAX_NAME = 200;

  static Carrier evolve(@Nullable Carrier carrier, CarrierEvent event) {
    if (event instanceof CarrierCreated e) {
      return new Carrier(e.id(), e.name(), false);
    }
    Carrier was = requireNonNull(carrier);
    return switch (event) {
      case CarrierCreated e -> throw new IllegalStateException("a carrier is created once");
      case CarrierRenamed e -> new Carrier(was.id, e.name(), was.mfaRequired);
      case CarrierMfaPolicySet e -> new Carrier(was.id, was.name, e.required());
    };
  }

  @Override
  public void check(Rules rules) {
    rules.line("/name", name, MAX_NAME);
  }
}
