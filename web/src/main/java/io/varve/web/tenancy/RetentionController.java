package io.varve.web.tenancy;

import io.varve.command.tenancy.SetRetention;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.tenancy.Retention;
import io.varve.events.tenancy.Tenant;
import io.varve.events.tenancy.TenantId;
import io.varve.query.Document;
import io.varve.query.tenancy.Tenancy;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Body;
import io.varve.web.http.Read;
import io.varve.web.http.Versioned;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Says;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** For how long a tenant keeps what is no part of its ledger. */
@RestController
@Homed(Root.TENANTS)
@RequestMapping("/api/retention")
final class RetentionController {

  /**
   * Numbers of days.
   *
   * @param version of the tenant
   * @param exports finished exports
   * @param sessions how long anybody stays signed in at most
   * @param idempotency answers to writes that are repeated
   * @param sandboxes read models that were rebuilt for a review
   */
  record RetentionView(long version, int exports, int sessions, int idempotency, int sandboxes)
      implements Versioned {

    static RetentionView of(Document<Tenant> document) {
      Retention retention = document.state().retention();
      return new RetentionView(
          document.sequence(),
          retention.exports(),
          retention.sessions(),
          retention.idempotency(),
          retention.sandboxes());
    }
  }

  /** The same numbers of days, as they are to be. */
  record RetentionFields(int exports, int sessions, int idempotency, int sandboxes) {}

  @Says(value = "Shows for how many days what is no part of the ledger is kept", refuses = 404)
  @Needs(Permission.TENANT_READ)
  @GetMapping
  ResponseEntity<RetentionView> show(Caller caller, Read read) {
    return read.one(Tenancy.TENANTS, caller.tenant(), RetentionView::of);
  }

  @Says(
      value = "Decides for how many days what is no part of the ledger is kept",
      refuses = {404, 409})
  @Needs(Permission.RETENTION_WRITE)
  @PutMapping
  ResponseEntity<Written> set(@Body RetentionFields days, Caller caller, Write write) {
    return write.change(
        new SetRetention(
            new TenantId(caller.tenant()),
            new Retention(days.exports(), days.sessions(), days.idempotency(), days.sandboxes())));
  }
}
