package io.varve.web.vendor;

import io.varve.events.access.Permission;
import io.varve.events.vendor.VendorId;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.vendor.Vendors;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Body;
import io.varve.web.http.Ids;
import io.varve.web.http.Read;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Homed(Root.TENANTS)
@RequestMapping(VendorController.PATH)
final class VendorController implements Lists {

  static final String PATH = "/api/vendors";

  @Override
  public Listing<?> listing() {
    return Vendors.LISTING;
  }

  @Says("Lists vendors")
  @Needs(Permission.VENDOR_READ)
  @GetMapping
  Page<VendorView> list(ListRequest request, Read read) {
    return read.list(Vendors.LISTING, request, VendorView::of);
  }

  @Says("Shows a vendor")
  @Needs(Permission.VENDOR_READ)
  @GetMapping("/{id}")
  ResponseEntity<VendorView> one(@PathVariable UUID id, Read read) {
    return read.one(Vendors.LISTING, id, VendorView::of);
  }

  @Says("Registers a vendor")
  @Needs(Permission.VENDOR_WRITE)
  @PostMapping
  ResponseEntity<Written> register(@Body VendorFields fields, Write write) {
    return write.create(PATH, fields.register(new VendorId(Ids.next())));
  }

  @Says("Gives a vendor these fields")
  @Needs(Permission.VENDOR_WRITE)
  @PutMapping("/{id}")
  ResponseEntity<Written> revise(@PathVariable UUID id, @Body VendorFields fields, Write write) {
    return write.change(fields.revise(new VendorId(id)));
  }
}
