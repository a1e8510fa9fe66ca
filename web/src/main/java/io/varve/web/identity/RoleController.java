package io.varve.web.identity;

import io.varve.command.identity.DefineRole;
import io.varve.command.identity.ReviseRole;
import io.varve.command.identity.WithdrawRole;
import io.varve.events.access.Permission;
import io.varve.events.identity.RoleId;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.identity.Roles;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Absent;
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

/** Roles of a tenant's own making. */
@RestController
@Homed(Root.TENANTS)
@RequestMapping(RoleController.PATH)
final class RoleController implements Lists {

  static final String PATH = "/api/roles";

  @Override
  public Listing<?> listing() {
    return Roles.LISTING;
  }

  @Says("Lists the tenant's own roles, those that were withdrawn among them")
  @Needs(Permission.ROLE_READ)
  @GetMapping
  Page<RoleView> list(ListRequest request, Read read) {
    return read.list(Roles.LISTING, request, RoleView::of);
  }

  @Says("Shows one of the tenant's own roles")
  @Needs(Permission.ROLE_READ)
  @GetMapping("/{id}")
  ResponseEntity<RoleView> one(@PathVariable UUID id, Read read) {
    return read.one(Roles.LISTING, id, RoleView::of);
  }

  @Says(value = "Defines a role, of permissions that the caller may give", refuses = 409)
  @Needs(Permission.ROLE_WRITE)
  @PostMapping
  ResponseEntity<Written> define(@Body RoleFields fields, Write write) {
    return write.create(
        PATH,
        new DefineRole(
            new RoleId(Ids.next()),
            fields.name(),
            Absent.text(fields.description()),
            fields.permissions()));
  }

  @Says("Gives a role these fields; whoever has it has its permissions within moments")
  @Needs(Permission.ROLE_WRITE)
  @PutMapping("/{id}")
  ResponseEntity<Written> revise(@PathVariable UUID id, @Body RoleFields fields, Write write) {
    return write.change(
        new ReviseRole(
            new RoleId(id),
            fields.name(),
            Absent.text(fields.description()),
            fields.permissions()));
  }

  @Says("Withdraws a role for good: it gives nothing any more")
  @Needs(Permission.ROLE_WRITE)
  @PostMapping("/{id}/withdraw")
  ResponseEntity<Written> withdraw(@PathVariable UUID id, Write write) {
    return write.change(new WithdrawRole(new RoleId(id)));
  }
}
