package io.varve.command.tenancy;

import io.varve.command.Decided;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.OrganizationEvent;
import io.varve.events.tenancy.OrganizationEvent.OrganizationCreated;
import io.varve.events.tenancy.OrganizationEvent.OrganizationDescribed;
import io.varve.events.tenancy.OrganizationEvent.OrganizationMfaPolicySet;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one organization. */
@AggregateRoot(type = "organization")
public final class OrganizationAggregate extends StreamAggregate<Organization, OrganizationEvent> {

  OrganizationAggregate() {
    super(Organization.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided create(CreateOrganization command) {
    OwnTenant.require(command.id());
    record(new OrganizationCreated(command.id(), command.name(), command.kind()));
    return decided();
  }

  @CommandHandler
  Decided revise(ReviseOrganization command) {
    record(new OrganizationDescribed(command.name(), command.kind()));
    return decided();
  }

  @CommandHandler
  Decided setMfaPolicy(SetOrganizationMfaPolicy command) {
    record(new OrganizationMfaPolicySet(command.required()));
    return decided();
  }
}
