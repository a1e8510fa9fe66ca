package io.varve.command.tenancy;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.Carrier;
import io.varve.events.tenancy.CarrierId;

/** Gives a carrier another name. */
@Requires(Permission.CARRIER_WRITE)
public record RenameCarrier(CarrierId id, String name) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.line("/name", name, Carrier.MAX_NAME);
  }
}
