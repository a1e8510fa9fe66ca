package io.varve.events.control;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.identity.UserId;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What can happen to a control. */
public sealed interface ControlEvent extends TenantEvent {

  /** A control was written down, or came in with a catalog. */
  @EventType(value = "control.defined", says = "defined the control {it}")
  record ControlDefined(
      ControlId id,
      String slug,
      String title,
      String statement,
      @Nullable String framework,
      @Nullable UserId owner,
      Control.Status status,
      BigDecimal effectiveness,
      SortedSet<String> techniques)
      implements ControlEvent {
    public ControlDefined {
      techniques = Collections.unmodifiableSortedSet(new TreeSet<>(techniques));
    }
  }

  /** What the control demands, or who owns it, was put in other words. */
  @EventType(value = "control.described", says = "described the control {it} in other words")
  record ControlDescribed(
      String title, String statement, @Nullable String framework, @Nullable UserId owner)
      implements ControlEvent {}

  /** The control goes by another slug; the old one is free again. */
  @EventType(value = "control.slug-changed", says = "changed the slug of the control {it}")
  record ControlSlugChanged(String slug) implements ControlEvent {}

  /** Whether the control works, and how well, was judged again. */
  @EventType(value = "control.assessed", says = "assessed the control {it}")
  record ControlAssessed(Control.Status status, BigDecimal effectiveness) implements ControlEvent {}

  /** From now on the control counters these techniques, and no others. */
  @EventType(
      value = "control.techniques-mapped",
      says = "changed the techniques that the control {it} counters")
  record ControlTechniquesMapped(SortedSet<String> techniques) implements ControlEvent {
    public ControlTechniquesMapped {
      techniques = Collections.unmodifiableSortedSet(new TreeSet<>(techniques));
    }
  }
}
