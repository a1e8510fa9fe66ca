package io.varve.command.tenancy;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.OrganizationId;

/** Gives an organization these fields; what is already so makes no event. */
@Requires(Permission.ORGANIZATION_WRITE)
public record ReviseOrganization(OrganizationId id, String name, Organization.Kind kind)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.line("/name", name, Organization.MAX_NAME).required("/kind", kind);
  }
}
