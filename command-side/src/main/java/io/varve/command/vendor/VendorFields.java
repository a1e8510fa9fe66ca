package io.varve.command.vendor;

import io.varve.events.rule.Rules;
import io.varve.events.vendor.Vendor;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The rules of the fields that registering and revising a vendor share. */
final class VendorFields {

  private VendorFields() {}

  static void check(
      Rules rules,
      @Nullable String name,
      @Nullable String category,
      int tier,
      @Nullable SortedSet<String> dataElements,
      Vendor.@Nullable Status status) {
    rules
        .line("/name", name, Vendor.MAX_NAME)
        .line("/category", category, Vendor.MAX_CATEGORY)
        .range("/tier", tier, 1, 3)
        .size("/dataElements", dataElements, Vendor.MAX_DATA_ELEMENTS)
        .required("/status", status);
    if (dataElements != null) {
      for (String element : dataElements) {
        rules.line("/dataElements", element, Vendor.MAX_DATA_ELEMENT);
      }
    }
  }
}
