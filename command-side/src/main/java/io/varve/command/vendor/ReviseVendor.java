package io.varve.command.vendor;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import io.varve.events.vendor.Vendor;
import io.varve.events.vendor.VendorId;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Gives a vendor these fields; what is already so makes no event. */
@Requires(Permission.VENDOR_WRITE)
public record ReviseVendor(
    VendorId id,
    String name,
    String category,
    int tier,
    @Nullable UserId owner,
    SortedSet<String> dataElements,
    Vendor.Status status,
    Vendor.@Nullable Decision decision)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    VendorFields.check(rules, name, category, tier, dataElements, status);
  }
}
