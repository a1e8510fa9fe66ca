package io.varve.web.tenancy;

import io.varve.command.tenancy.CreateTenant;
import io.varve.command.tenancy.RetireTenant;
import io.varve.command.tenancy.ReviseTenant;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.tenancy.OrganizationId;
import io.varve.events.tenancy.TenantId;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.tenancy.Tenancy;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
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
@RequestMapping(TenantController.PATH)
final class TenantController implements Lists {

  static final String PATH = "/api/tenants";

  private final Callers callers;

  TenantController(Callers callers) {
    this.callers = callers;
  }

  @Override
  public Listing<?> listing() {
    return Tenancy.TENANTS;
  }

  @Says("Lists the tenants of the platform, of an organization, or the caller's own")
  @Needs(Permission.TENANT_READ)
  @Homed(Root.ORGANIZATIONS)
  @GetMapping
  Page<TenantView> list(ListRequest request, Read read) {
    return read.list(Tenancy.TENANTS, request, TenantView::of);
  }

  @Says("Shows a tenant")
  @Needs(Permission.TENANT_READ)
  @GetMapping("/{home}")
  ResponseEntity<TenantView> one(@PathVariable UUID home, Read read) {
    return read.one(Tenancy.TENANTS, home, TenantView::of);
  }

  @Says("Creates a tenant of an organization")
  @Needs(Permission.TENANT_WRITE)
  @Homed(Root.ORGANIZATIONS)
  @PostMapping
  ResponseEntity<Written> create(@Body TenantFields fields, Caller caller, Write write) {
    UUID id = write.newTenant();
    return write
        .as(callers.governing(caller, id, Role.Scope.TENANT))
        .create(
            PATH,
            new CreateTenant(
                new TenantId(id),
                new OrganizationId(caller.tenant()),
                fields.name(),
                fields.industry(),
                fields.size()));
  }

  @Says("Gives a tenant these fields")
  @Needs(Permission.TENANT_WRITE)
  @PutMapping("/{home}")
  ResponseEntity<Written> revise(@PathVariable UUID home, @Body TenantFields fields, Write write) {
    return write.change(
        new ReviseTenant(new TenantId(home), fields.name(), fields.industry(), fields.size()));
  }

  @Says("Retires a tenant for good")
  @Needs(Permission.TENANT_WRITE)
  @PostMapping("/{home}/retire")
  ResponseEntity<Written> retire(@PathVariable UUID home, Write write) {
    return write.change(new RetireTenant(new TenantId(home)));
  }
}
