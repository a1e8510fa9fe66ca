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
  @EventType(value = "risk.identified", says = "identified the risk {it}")
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
  @EventType(value = "risk.described", says = "described the risk {it} in other words")
  record RiskDescribed(String title, String description, String category, @Nullable UserId owner)
      implements RiskEvent {}

  /** Likelihood and impact were judged again. */
  @EventType(value = "risk.reassessed", says = "changed the risk {it}")
  record RiskReassessed(int likelihood, int impact) implements RiskEvent {}

  @EventType(value = "risk.treatment-decided", says = "decided how the risk {it} is treated")
  record RiskTreatmentDecided(Treatment treatment) implements RiskEvent {}

  /** From now on these controls, and no others, are linked to the risk. */
  @EventType(value = "risk.controls-linked", says = "changed the controls of the risk {it}")
  record RiskControlsLinked(SortedSet<ControlId> controls) implements RiskEvent {
    public RiskControlsLinked {
      controls = Collections.unmodifiableSortedSet(new TreeSet<>(controls));
    }
  }

  @EventType(value = "risk.closed", says = "closed the risk {it}")
  record RiskClosed() implements RiskEvent {}

  @EventType(value = "risk.reopened", says = "reopened the risk {it}")
  record RiskReopened() implements RiskEvent {}
}
