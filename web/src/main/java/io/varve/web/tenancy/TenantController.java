package io.varve.web.tenancy;

import io.varve.command.tenancy.CreateTenant;
import io.varve.command.tenancy.RetireTenant;
import io.varve.command.tenancy.ReviseTenant;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.rule.InvalidException;
import io.varve.events.rule.Violation;
import io.varve.events.tenancy.OrganizationId;
import io.varve.events.tenancy.TenantId;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.tenancy.Tenancy;
import io.varve.web.http.Body;
import io.varve.web.http.PathId;
import io.varve.web.http.Read;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

  private final Reach reach;

  TenantController(Reach reach) {
    this.reach = reach;
  }

  @Override
  public Listing<?> listing() {
    return Tenancy.TENANTS;
  }

  @Says("Lists the tenants of an organization; an operator says which, everybody else has one")
  @GetMapping
  Page<TenantView> list(ListRequest request, Caller caller, Read read) {
    caller.require(Permission.TENANT_READ);
    Caller within = reach.isOperator(caller) ? reach.into(caller, named(request)) : caller;
    return read.as(within).list(Tenancy.TENANTS, request, TenantView::of);
  }

  @Says("Shows a tenant")
  @GetMapping("/{id}")
  ResponseEntity<TenantView> one(@PathVariable UUID id, Caller caller, Read read) {
    caller.require(Permission.TENANT_READ);
    return read.as(reach.into(caller, id)).one(Tenancy.TENANTS, id, TenantView::of);
  }

  @Says("Creates a tenant of an organization")
  @PostMapping
  ResponseEntity<Written> create(@Body NewTenant fields, Caller caller, Write write) {
    caller.require(Permission.TENANT_WRITE);
    UUID organization = organization(fields, caller);
    UUID id = write.newTenant();
    return write
        .as(reach.intoNew(caller, id))
        .create(
            PATH,
            new CreateTenant(
                new TenantId(id),
                new OrganizationId(organization),
                fields.name(),
                fields.industry(),
                fields.size()));
  }

  @Says("Gives a tenant these fields")
  @PutMapping("/{id}")
  ResponseEntity<Written> revise(
      @PathVariable UUID id, @Body TenantFields fields, Caller caller, Write write) {
    caller.require(Permission.TENANT_WRITE);
    return write
        .as(reach.into(caller, id))
        .change(
            new ReviseTenant(new TenantId(id), fields.name(), fields.industry(), fields.size()));
  }

  @Says("Retires a tenant for good")
  @PostMapping("/{id}/retire")
  ResponseEntity<Written> retire(@PathVariable UUID id, Caller caller, Write write) {
    caller.require(Permission.TENANT_WRITE);
    return write.as(reach.into(caller, id)).change(new RetireTenant(new TenantId(id)));
  }

  /** A link to an organization out of reach is a link to nothing. */
  private UUID organization(NewTenant fields, Caller caller) {
    @Nullable OrganizationId named = fields.organization();
    if (named == null && reach.isOperator(caller)) {
      throw invalid("required", "is required of an operator");
    }
    UUID organization = named == null ? caller.tenant() : named.value();
    if (!reach.covers(caller, organization)) {
      throw invalid("no-such-organization", "names no organization");
    }
    return organization;
  }

  private static UUID named(ListRequest request) {
    List<String> organizations = request.filters().getOrDefault("organization", List.of());
    if (organizations.size() != 1) {
      throw invalid("required", "is required of an operator, once");
    }
    return PathId.parse(organizations.getFirst());
  }

  private static InvalidException invalid(String code, String message) {
    return new InvalidException(List.of(new Violation("/organization", code, message)));
  }
}
