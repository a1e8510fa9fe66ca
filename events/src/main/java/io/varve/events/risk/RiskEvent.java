package io.varve.events.risk;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.control.ControlId;
import io.varve.events.identity.UserId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What can happen to a risk. */
public sealed interface RiskEvent extends TenantEvent {

  /** A risk was found and written down. It begins open. */
  @EventType("risk.identified")
  record RiskIdentified(
      RiskId id,
      String title,
      String description,
      String category,
      @Nullable UserId owner,
      int likelihood,
      int impact,
      Treatment treatment)
      implements RiskEvent {}

  /** What the risk is, or who owns it, was put in other words. */
  @EventType("risk.described")
  record RiskDescribed(String title, String description, String category, @Nullable UserId owner)
      implements RiskEvent {}

  /** Likelihood and impact were judged again. */
  @EventType("risk.reassessed")
  record RiskReassessed(int likelihood, int impact) implements RiskEvent {}

  @EventType("risk.treatment-decided")
  record RiskTreatmentDecided(Treatment treatment) implements RiskEvent {}

  /** From now on these controls, and no others, are linked to the risk. */
  @EventType("risk.controls-linked")
  record RiskControlsLinked(SortedSet<ControlId> controls) implements RiskEvent {
    public RiskControlsLinked {
      controls = Collections.unmodifiableSortedSet(new TreeSet<>(controls));
    }
  }

  @EventType("risk.closed")
  record RiskClosed() implements RiskEvent {}

  @EventType("risk.reopened")
  record RiskReopened() implements RiskEvent {}
}
