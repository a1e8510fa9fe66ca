package io.varve.command.risk;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.control.ControlId;
import io.varve.events.identity.UserId;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.events.rule.Rules;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Writes down a new risk. */
@Requires(Permission.RISK_WRITE)
public record IdentifyRisk(
    RiskId id,
    String title,
    String description,
    String category,
    @Nullable UserId owner,
    int likelihood,
    int impact,
    Treatment treatment,
    SortedSet<ControlId> controls)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    RiskFields.check(rules, title, description, category, likelihood, impact, treatment, controls);
  }
}
