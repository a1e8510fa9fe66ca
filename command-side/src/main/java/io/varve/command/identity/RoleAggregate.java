package io.varve.command.identity;

import io.varve.command.Decided;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.identity.CustomRole;
import io.varve.events.identity.RoleEvent;
import io.varve.events.identity.RoleEvent.RoleDefined;
import io.varve.events.identity.RoleEvent.RoleDescribed;
import io.varve.events.identity.RoleEvent.RolePermissionsSet;
import io.varve.events.identity.RoleEvent.RoleWithdrawn;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one role of a tenant's own making. */
@AggregateRoot(type = "role")
public final class RoleAggregate extends StreamAggregate<CustomRole, RoleEvent> {

  RoleAggregate() {
    super(CustomRole.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided define(DefineRole command) {
    Rights.requireGrants(command.permissions());
    record(
        new RoleDefined(
            command.id(), command.name(), command.description(), command.permissions()));
    return decided();
  }

  @CommandHandler
  Decided revise(ReviseRole command) {
    requireActiveAndGranted();
    Rights.requireGrants(command.permissions());
    record(new RoleDescribed(command.name(), command.description()));
    record(new RolePermissionsSet(command.permissions()));
    return decided();
  }

  @CommandHandler
  Decided withdraw(WithdrawRole command) {
    requireActiveAndGranted();
    record(new RoleWithdrawn());
    return decided();
  }

  /** What a role gives already is for those to decide over who may give it. */
  private void requireActiveAndGranted() {
    if (state().status() == CustomRole.Status.WITHDRAWN) {
      throw new RoleRefusal.RoleIsWithdrawn();
    }
    Rights.requireGrants(state().permissions());
  }
}
