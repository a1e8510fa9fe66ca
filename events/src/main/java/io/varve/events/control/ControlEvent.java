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
  @EventType("control.defined")
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
  @EventType("control.described")
  record ControlDescribed(
      String title, String statement, @Nullable String framework, @Nullable UserId owner)
      implements ControlEvent {}

  /** The control goes by another slug; the old one is free again. */
  @EventType("control.slug-changed")
  record ControlSlugChanged(String slug) implements ControlEvent {}

  /** Whether the control works, and how well, was judged again. */
  @EventType("control.assessed")
  record ControlAssessed(Control.Status status, BigDecimal effectiveness) implements ControlEvent {}

  /** From now on the control counters these techniques, and no others. */
  @EventType("control.techniques-mapped")
  record ControlTechniquesMapped(SortedSet<String> techniques) implements ControlEvent {
    public ControlTechniquesMapped {
      techniques = Collections.unmodifiableSortedSet(new TreeSet<>(techniques));
    }
  }
}
