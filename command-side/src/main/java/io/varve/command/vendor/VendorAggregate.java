package io.varve.command.vendor;

import io.varve.command.Decided;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.identity.User;
import io.varve.events.vendor.Vendor;
import io.varve.events.vendor.VendorEvent;
import io.varve.events.vendor.VendorEvent.VendorDataElementsListed;
import io.varve.events.vendor.VendorEvent.VendorDecided;
import io.varve.events.vendor.VendorEvent.VendorDescribed;
import io.varve.events.vendor.VendorEvent.VendorRegistered;
import io.varve.events.vendor.VendorEvent.VendorStatusChanged;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one vendor. */
@AggregateRoot(type = "vendor")
public final class VendorAggregate extends StreamAggregate<Vendor, VendorEvent> {

  VendorAggregate() {
    super(Vendor.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided register(RegisterVendor command, Links links) {
    links.wanted().one("/owner", User.STREAM, null, command.owner()).require();
    record(
        new VendorRegistered(
            command.id(),
            command.name(),
            command.category(),
            command.tier(),
            command.owner(),
            command.dataElements(),
            command.status()));
    record(new VendorDecided(command.decision()));
    return decided();
  }

  @CommandHandler
  Decided revise(ReviseVendor command, Links links) {
    links.wanted().one("/owner", User.STREAM, state().owner(), command.owner()).require();
    record(
        new VendorDescribed(command.name(), command.category(), command.tier(), command.owner()));
    record(new VendorDataElementsListed(command.dataElements()));
    record(new VendorStatusChanged(command.status()));
    record(new VendorDecided(command.decision()));
    return decided();
  }
}
