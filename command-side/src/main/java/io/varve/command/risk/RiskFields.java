package io.varve.command.risk;

import io.varve.events.control.ControlId;
import io.varve.events.risk.Risk;
import io.varve.events.risk.Treatment;
import io.varve.events.rule.Rules;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The rules of the fields that identifying and revising a risk share. */
final class RiskFields {

  private RiskFields() {}

  static void check(
      Rules rules,
      @Nullable String title,
      @Nullable String description,
      @Nullable String category,
      int likelihood,
      int impact,
      @Nullable Treatment treatment,
      @Nullable SortedSet<ControlId> controls) {
    rules
        .line("/title", title, Risk.MAX_TITLE)
        .prose("/description", description, Risk.MAX_DESCRIPTION)
        .line("/category", category, Risk.MAX_CATEGORY)
        .range("/likelihood", likelihood, 1, 5)
        .range("/impact", impact, 1, 5)
        .required("/treatment", treatment)
        .size("/controls", controls, Risk.MAX_LINKS);
  }
}
