package io.varve.command.tenancy;

import io.varve.command.Decided;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.Retention;
import io.varve.events.tenancy.TenancyEvent;
import io.varve.events.tenancy.TenancyEvent.TenantCreated;
import io.varve.events.tenancy.TenancyEvent.TenantDescribed;
import io.varve.events.tenancy.TenancyEvent.TenantMfaPolicySet;
import io.varve.events.tenancy.TenancyEvent.TenantRetentionSet;
import io.varve.events.tenancy.TenancyEvent.TenantRetired;
import io.varve.events.tenancy.Tenant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one tenant itself. */
@AggregateRoot(type = "tenant")
public final class TenantAggregate extends StreamAggregate<Tenant, TenancyEvent> {

  TenantAggregate() {
    super(Tenant.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided create(CreateTenant command, Links links) {
    OwnTenant.require(command.id());
    links
        .within(command.organization().value())
        .one("/organization", Organization.STREAM, null, command.organization())
        .require();
    record(
        new TenantCreated(
            command.id(),
            command.organization(),
            command.name(),
            command.industry(),
            command.size()));
    return decided();
  }

  @CommandHandler
  Decided revise(ReviseTenant command) {
    requireActive();
    record(new TenantDescribed(command.name(), command.industry(), command.size()));
    return decided();
  }

  @CommandHandler
  Decided retire(RetireTenant command) {
    requireActive();
    record(new TenantRetired());
    return decided();
  }

  @CommandHandler
  Decided setMfaPolicy(SetTenantMfaPolicy command) {
    requireActive();
    record(new TenantMfaPolicySet(command.required()));
    return decided();
  }

  @CommandHandler
  Decided setRetention(SetRetention command) {
    requireActive();
    Retention wanted = command.retention();
    record(
        new TenantRetentionSet(
            wanted.exports(), wanted.sessions(), wanted.idempotency(), wanted.sandboxes()));
    return decided();
  }

  private void requireActive() {
    if (state().status() == Tenant.Status.RETIRED) {
      throw new TenancyRefusal.TenantIsRetired();
    }
  }
}
