package io.varve.command.tenancy;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.OrganizationId;

/** Creates an organization. The caller acts within it. */
@Requires(Permission.ORGANIZATION_WRITE)
public record CreateOrganization(OrganizationId id, String name, Organization.Kind kind)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.line("/name", name, Organization.MAX_NAME).required("/kind", kind);
  }
}
