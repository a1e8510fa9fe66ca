package io.varve.web.vendor;

import io.varve.events.identity.UserId;
import io.varve.events.vendor.Vendor;
import io.varve.events.vendor.VendorId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** A vendor. */
record VendorView(
    VendorId id,
    long version,
    Instant created,
    Instant updated,
    String name,
    String category,
    int tier,
    @Nullable UserId owner,
    SortedSet<String> dataElements,
    Vendor.Status status,
    Vendor.@Nullable Decision decision)
    implements Versioned {

  static VendorView of(Document<Vendor> document) {
    Vendor vendor = document.state();
    return new VendorView(
        vendor.id(),
        document.sequence(),
        document.created(),
        document.at(),
        vendor.name(),
        vendor.category(),
        vendor.tier(),
        vendor.owner(),
        vendor.dataElements(),
        vendor.status(),
        vendor.decision());
  }
}
