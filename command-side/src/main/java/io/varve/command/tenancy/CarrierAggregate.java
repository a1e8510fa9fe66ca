package io.varve.command.tenancy;

import io.varve.command.Decided;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.tenancy.Carrier;
import io.varve.events.tenancy.CarrierEvent;
import io.varve.events.tenancy.CarrierEvent.CarrierCreated;
import io.varve.events.tenancy.CarrierEvent.CarrierMfaPolicySet;
import io.varve.events.tenancy.CarrierEvent.CarrierRenamed;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one carrier. */
@AggregateRoot(type = "carrier")
public final class CarrierAggregate extends StreamAggregate<Carrier, CarrierEvent> {

  CarrierAggregate() {
    super(Carrier.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided create(CreateCarrier command) {
    OwnTenant.require(command.id());
    record(new CarrierCreated(command.id(), command.name()));
    return decided();
  }

  @CommandHandler
  Decided rename(RenameCarrier command) {
    record(new CarrierRenamed(command.name()));
    return decided();
  }

  @CommandHandler
  Decided setMfaPolicy(SetCarrierMfaPolicy command) {
    record(new CarrierMfaPolicySet(command.required()));
    return decided();
  }
}
