package io.varve.events.vendor;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.identity.UserId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What can happen to a vendor. */
public sealed interface VendorEvent extends TenantEvent {

  /** A vendor was written down. Nothing is decided about it yet. */
  @EventType(value = "vendor.registered", says = "registered the vendor {it}")
  record VendorRegistered(
      VendorId id,
      String name,
      String category,
      int tier,
      @Nullable UserId owner,
      SortedSet<String> dataElements,
      Vendor.Status status)
      implements VendorEvent {
    public VendorRegistered {
      dataElements = Collections.unmodifiableSortedSet(new TreeSet<>(dataElements));
    }
  }

  /** Who the vendor is, how much depends on it, or who owns it, was put in other words. */
  @EventType(value = "vendor.described", says = "described the vendor {it} in other words")
  record VendorDescribed(String name, String category, int tier, @Nullable UserId owner)
      implements VendorEvent {}

  /** From now on the vendor holds these data, and no others. */
  @EventType(
      value = "vendor.data-elements-listed",
      says = "changed the data that the vendor {it} holds")
  record VendorDataElementsListed(SortedSet<String> dataElements) implements VendorEvent {
    public VendorDataElementsListed {
      dataElements = Collections.unmodifiableSortedSet(new TreeSet<>(dataElements));
    }
  }

  @EventType(value = "vendor.status-changed", says = "changed the status of the vendor {it}")
  record VendorStatusChanged(Vendor.Status status) implements VendorEvent {}

  /**
   * It was decided what becomes of the vendor.
   *
   * @param decision null when an earlier decision was taken back
   */
  @EventType(value = "vendor.decided", says = "decided about the vendor {it}")
  record VendorDecided(Vendor.@Nullable Decision decision) implements VendorEvent {}
}
