package io.varve.events.outcome;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.identity.UserId;
import io.varve.events.risk.RiskId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What can happen to an outcome. */
public sealed interface OutcomeEvent extends TenantEvent {

  /** An outcome was written down. It begins without risks. */
  @EventType(value = "outcome.defined", says = "defined the outcome {it}")
  record OutcomeDefined(OutcomeId id, String title, String description, @Nullable UserId owner)
      implements OutcomeEvent {}

  /** What the outcome is, or who owns it, was put in other words. */
  @EventType(value = "outcome.described", says = "described the outcome {it} in other words")
  record OutcomeDescribed(String title, String description, @Nullable UserId owner)
      implements OutcomeEvent {}

  /** From now on these risks, and no others, endanger the outcome. */
  @EventType(value = "outcome.risks-linked", says = "changed the risks of the outcome {it}")
  record OutcomeRisksLinked(SortedSet<RiskId> risks) implements OutcomeEvent {
    public OutcomeRisksLinked {
      risks = Collections.unmodifiableSortedSet(new TreeSet<>(risks));
    }
  }
}
