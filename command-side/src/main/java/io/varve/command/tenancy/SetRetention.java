package io.varve.command.tenancy;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.Retention;
import io.varve.events.tenancy.TenantId;

/** Decides for how many days a tenant keeps what is no part of its ledger. */
@Requires(Permission.RETENTION_WRITE)
public record SetRetention(TenantId id, Retention retention) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    retention.check(rules);
  }
}
