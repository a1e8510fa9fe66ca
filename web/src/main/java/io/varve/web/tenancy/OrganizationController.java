package io.varve.web.tenancy;

import io.varve.command.tenancy.CreateOrganization;
import io.varve.command.tenancy.ReviseOrganization;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.tenancy.OrganizationId;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(OrganizationController.PATH)
final class OrganizationController implements Lists {

  static final String PATH = "/api/organizations";

  private final Callers callers;

  OrganizationController(Callers callers) {
    this.callers = callers;
  }

  @Override
  public Listing<?> listing() {
    return Tenancy.ORGANIZATIONS;
  }

  @Says("Lists the platform's organizations, or the caller's own")
  @Needs(Permission.ORGANIZATION_READ)
  @GetMapping
  Page<OrganizationView> list(ListRequest request, Read read) {
    return read.list(Tenancy.ORGANIZATIONS, request, OrganizationView::of);
  }

  @Says("Shows an organization")
  @Needs(Permission.ORGANIZATION_READ)
  @GetMapping("/{home}")
  ResponseEntity<OrganizationView> one(@PathVariable UUID home, Read read) {
    return read.one(Tenancy.ORGANIZATIONS, home, OrganizationView::of);
  }

  @Says("Creates an organization")
  @Needs(Permission.ORGANIZATION_WRITE)
  @PostMapping
  ResponseEntity<Written> create(@Body OrganizationFields fields, Caller caller, Write write) {
    UUID id = write.newTenant();
    return write
        .as(callers.governing(caller, id, Role.Scope.ORGANIZATION))
        .create(PATH, new CreateOrganization(new OrganizationId(id), fields.name(), fields.kind()));
  }

  @Says("Gives an organization these fields")
  @Needs(Permission.ORGANIZATION_WRITE)
  @PutMapping("/{home}")
  ResponseEntity<Written> revise(
      @PathVariable UUID home, @Body OrganizationFields fields, Write write) {
    return write.change(
        new ReviseOrganization(new OrganizationId(home), fields.name(), fields.kind()));
  }
}
