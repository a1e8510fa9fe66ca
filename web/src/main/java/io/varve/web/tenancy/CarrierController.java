package io.varve.web.tenancy;

import io.varve.command.tenancy.CreateCarrier;
import io.varve.command.tenancy.RenameCarrier;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.tenancy.CarrierId;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.tenancy.Tenancy;
import io.varve.web.access.Needs;
import io.varve.web.auth.Callers;
import io.varve.web.http.Body;
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
import org.springframework.web.bind.annotation.RestController;

/** Carriers, as the platform sees them and as each sees itself. */
@RestController
final class CarrierController implements Lists {

  static final String PATH = "/api/carriers";

  private final Callers callers;

  CarrierController(Callers callers) {
    this.callers = callers;
  }

  @Override
  public Listing<?> listing() {
    return Tenancy.CARRIERS;
  }

  @Says("Lists the platform's carriers")
  @Needs(Permission.CARRIER_READ)
  @GetMapping(PATH)
  Page<CarrierView> list(ListRequest request, Read read) {
    return read.list(Tenancy.CARRIERS, request, CarrierView::of);
  }

  @Says("Shows a carrier")
  @Needs(Permission.CARRIER_READ)
  @GetMapping(PATH + "/{home}")
  ResponseEntity<CarrierView> one(@PathVariable UUID home, Read read) {
    return read.one(Tenancy.CARRIERS, home, CarrierView::of);
  }

  @Says(value = "Shows the caller's own carrier", refuses = 404)
  @Needs(Permission.CARRIER_READ)
  @GetMapping("/api/carrier")
  ResponseEntity<CarrierView> own(Caller caller, Read read) {
    return read.one(Tenancy.CARRIERS, caller.tenant(), CarrierView::of);
  }

  @Says("Creates a carrier")
  @Needs(Permission.CARRIER_WRITE)
  @PostMapping(PATH)
  ResponseEntity<Written> create(@Body CarrierFields fields, Caller caller, Write write) {
    UUID id = write.newTenant();
    return write
        .as(callers.governing(caller, id, Role.Scope.CARRIER))
        .create(PATH, new CreateCarrier(new CarrierId(id), fields.name()));
  }

  @Says("Gives a carrier another name")
  @Needs(Permission.CARRIER_WRITE)
  @PutMapping(PATH + "/{home}")
  ResponseEntity<Written> rename(@PathVariable UUID home, @Body CarrierFields fields, Write write) {
    return write.change(new RenameCarrier(new CarrierId(home), fields.name()));
  }
}
