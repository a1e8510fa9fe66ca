package io.varve.command.outcome;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.RiskId;
import io.varve.events.rule.Rules;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Writes down what the business must achieve. */
@Requires(Permission.OUTCOME_WRITE)
public record DefineOutcome(
    OutcomeId id, String title, String description, @Nullable UserId owner, SortedSet<RiskId> risks)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    OutcomeFields.check(rules, title, description, risks);
  }
}
