package io.varve.events.vendor;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import io.varve.events.vendor.VendorEvent.VendorDataElementsListed;
import io.varve.events.vendor.VendorEvent.VendorDecided;
import io.varve.events.vendor.VendorEvent.VendorDescribed;
import io.varve.events.vendor.VendorEvent.VendorRegistered;
import io.varve.events.vendor.VendorEvent.VendorStatusChanged;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Somebody a tenant depends on.
 *
 * @param tier how much depends on it: 1 (critical) to 3 (minor)
 * @param dataElements what it holds of the tenant, a short line each
 * @param decision what is to become of it, once that is decided
 */
public record Vendor(
    VendorId id,
    String name,
    String category,
    int tier,
    @Nullable UserId owner,
    SortedSet<String> dataElements,
    Status status,
    @Nullable Decision decision)
    implements State {

  public static final StreamDefinition<Vendor, VendorEvent> STREAM =
      new StreamDefinition<>("vendor", Vendor.class, VendorEvent.class, Vendor::evolve);

  public static final int MAX_NAME = 200;
  public static final int MAX_CATEGORY = 100;
  public static final int MAX_DATA_ELEMENTS = 100;
  public static final int MAX_DATA_ELEMENT = 100;

  /** Whether the vendor works for the tenant. */
  public enum Status {
    PROSPECTIVE,
    ACTIVE,
    OFFBOARDED
  }

  /** What is to become of the vendor. */
  public enum Decision {
    ACCEPT,
    REMEDIATE,
    EXIT
  }

  public Vendor {
    dataElements = Collections.unmodifiableSortedSet(new TreeSet<>(dataElements));
  }

  static Vendor evolve(@Nullable Vendor vendor, VendorEvent event) {
    if (event instanceof VendorRegistered e) {
      return new Vendor(
          e.id(), e.name(), e.category(), e.tier(), e.owner(), e.dataElements(), e.status(), null);
    }
    Vendor was = requireNonNull(vendor);
    return switch (event) {
      case VendorRegistered e -> throw new IllegalStateException("a vendor is registered once");
      case VendorDescribed e -> was.described(e.name(), e.category(), e.tier(), e.owner());
      case VendorDataElementsListed e -> was.holding(e.dataElements());
      case VendorStatusChanged e -> was.standing(e.status());
      case VendorDecided e -> was.decided(e.decision());
    };
  }

  @Override
  public void check(Rules rules) {
    rules
        .line("/name", name, MAX_NAME)
        .line("/category", category, MAX_CATEGORY)
        .range("/tier", tier, 1, 3)
        .size("/dataElements", dataElements, MAX_DATA_ELEMENTS);
    for (String element : dataElements) {
      rules.line("/dataElements", element, MAX_DATA_ELEMENT);
    }
  }

  private Vendor described(String name, String category, int tier, @Nullable UserId owner) {
    return new Vendor(id, name, category, tier, owner, dataElements, status, decision);
  }

  private Vendor holding(SortedSet<String> dataElements) {
    return new Vendor(id, name, category, tier, owner, dataElements, status, decision);
  }

  private Vendor standing(Status status) {
    return new Vendor(id, name, category, tier, owner, dataElements, status, decision);
  }

  private Vendor decided(@Nullable Decision decision) {
    return new Vendor(id, name, category, tier, owner, dataElements, status, decision);
  }
}
