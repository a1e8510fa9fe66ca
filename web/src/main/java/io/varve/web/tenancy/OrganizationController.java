package io.varve.web.tenancy;

import io.varve.command.tenancy.CreateOrganization;
import io.varve.command.tenancy.ReviseOrganization;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.tenancy.OrganizationId;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.tenancy.Tenancy;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(OrganizationController.PATH)
final class OrganizationController implements Lists {

  static final String PATH = "/api/organizations";

  private final Reach reach;

  OrganizationController(Reach reach) {
    this.reach = reach;
  }

  @Override
  public Listing<?> listing() {
    return Tenancy.ORGANIZATIONS;
  }

  @Says("Lists the platform's organizations, or the caller's own")
  @GetMapping
  Page<OrganizationView> list(ListRequest request, Read read) {
    return read.list(Tenancy.ORGANIZATIONS, request, OrganizationView::of);
  }

  @Says("Shows an organization")
  @GetMapping("/{id}")
  ResponseEntity<OrganizationView> one(@PathVariable UUID id, Caller caller, Read read) {
    caller.require(Permission.ORGANIZATION_READ);
    return read.as(reach.into(caller, id)).one(Tenancy.ORGANIZATIONS, id, OrganizationView::of);
  }

  @Says("Creates an organization")
  @PostMapping
  ResponseEntity<Written> create(@Body OrganizationFields fields, Caller caller, Write write) {
    caller.require(Permission.ORGANIZATION_WRITE);
    UUID id = write.newTenant();
    return write
        .as(reach.intoNew(caller, id))
        .create(PATH, new CreateOrganization(new OrganizationId(id), fields.name(), fields.kind()));
  }

  @Says("Gives an organization these fields")
  @PutMapping("/{id}")
  ResponseEntity<Written> revise(
      @PathVariable UUID id, @Body OrganizationFields fields, Caller caller, Write write) {
    caller.require(Permission.ORGANIZATION_WRITE);
    return write
        .as(reach.into(caller, id))
        .change(new ReviseOrganization(new OrganizationId(id), fields.name(), fields.kind()));
  }
}
