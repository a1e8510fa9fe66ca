package io.varve.command.kri;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.kri.Direction;
import io.varve.events.kri.KriId;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.RiskId;
import io.varve.events.rule.Rules;
import io.varve.events.source.SourceId;
import java.math.BigDecimal;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Decides what to measure, how far it may go and what it tells about. */
@Requires(Permission.KRI_WRITE)
public record DefineKri(
    KriId id,
    String slug,
    String name,
    String description,
    String unit,
    SourceId source,
    BigDecimal warn,
    BigDecimal critical,
    Direction direction,
    SortedSet<RiskId> risks,
    @Nullable OutcomeId outcome)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    KriFields.check(rules, slug, name, description, unit, source, warn, critical, direction, risks);
  }
}
