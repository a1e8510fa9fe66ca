package io.varve.command.outcome;

import io.varve.events.outcome.Outcome;
import io.varve.events.risk.RiskId;
import io.varve.events.rule.Rules;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The rules of the fields that defining and revising an outcome share. */
final class OutcomeFields {

  private OutcomeFields() {}

  static void check(
      Rules rules,
      @Nullable String title,
      @Nullable String description,
      @Nullable SortedSet<RiskId> risks) {
    rules
        .line("/title", title, Outcome.MAX_TITLE)
        .prose("/description", description, Outcome.MAX_DESCRIPTION)
        .size("/risks", risks, Outcome.MAX_LINKS);
  }
}
