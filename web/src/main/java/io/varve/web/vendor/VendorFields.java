package io.varve.web.vendor;

import io.varve.command.vendor.RegisterVendor;
import io.varve.command.vendor.ReviseVendor;
import io.varve.events.identity.UserId;
import io.varve.events.vendor.Vendor;
import io.varve.events.vendor.VendorId;
import io.varve.web.http.Absent;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a vendor.
 *
 * @param tier how much depends on it: 1 (critical) to 3 (minor)
 */
record VendorFields(
    String name,
    String category,
    int tier,
    @Nullable UserId owner,
    @Nullable SortedSet<String> dataElements,
    Vendor.Status status,
    Vendor.@Nullable Decision decision) {

  RegisterVendor register(VendorId id) {
    return new RegisterVendor(
        id, name, category, tier, owner, Absent.set(dataElements), status, decision);
  }

  ReviseVendor revise(VendorId id) {
    return new ReviseVendor(
        id, name, category, tier, owner, Absent.set(dataElements), status, decision);
  }
}
