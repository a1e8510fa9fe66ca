package io.varve.command.risk;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.risk.RiskId;
import io.varve.events.rule.Rules;

/** Reopens a risk. */
@Requires(Permission.RISK_WRITE)
public record ReopenRisk(RiskId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/id", id);
  }
}
