package io.varve.command.kri;

import io.varve.events.kri.Direction;
import io.varve.events.kri.Kri;
import io.varve.events.risk.RiskId;
import io.varve.events.rule.Rules;
import io.varve.events.source.SourceId;
import java.math.BigDecimal;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The rules of the fields that defining and revising a KRI share. */
final class KriFields {

  private KriFields() {}

  static void check(
      Rules rules,
      @Nullable String slug,
      @Nullable String name,
      @Nullable String description,
      @Nullable String unit,
      @Nullable SourceId source,
      @Nullable BigDecimal warn,
      @Nullable BigDecimal critical,
      @Nullable Direction direction,
      @Nullable SortedSet<RiskId> risks) {
    rules
        .slug("/slug", slug)
        .line("/name", name, Kri.MAX_NAME)
        .prose("/description", description, Kri.MAX_DESCRIPTION)
        .required("/unit", unit)
        .optionalLine("/unit", unit, Kri.MAX_UNIT)
        .required("/source", source)
        .decimal("/warn", warn)
        .decimal("/critical", critical)
        .required("/direction", direction)
        .size("/risks", risks, Kri.MAX_LINKS);
    if (warn != null && critical != null && direction != null) {
      Kri.checkThresholds(rules, warn, critical, direction);
    }
  }
}
