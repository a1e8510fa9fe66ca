package io.varve.web.audit;

import io.varve.events.Json;
import io.varve.events.access.Permission;
import io.varve.events.personal.Personal;
import io.varve.events.provenance.Provenance;
import io.varve.postgres.vault.Vault;
import io.varve.query.Page;
import io.varve.query.QuerySide;
import io.varve.query.audit.AuditEntry;
import io.varve.query.audit.AuditQuery;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Order;
import io.varve.web.http.Read;
import io.varve.web.openapi.Says;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The trail is the ledger itself: nothing has to catch up before it can be read. */
@RestController
@Homed({Root.TENANTS, Root.ORGANIZATIONS, Root.CARRIERS})
final class AuditController {

  private final QuerySide queries;
  private final Vault vault;

  AuditController(QuerySide queries, Vault vault) {
    this.queries = queries;
    this.vault = vault;
  }

  @Says("Searches the audit trail of the caller's own tenant, newest first")
  @Needs(Permission.AUDIT_READ)
  @GetMapping("/api/audit")
  Page<AuditView> search(
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable UUID actor,
      @RequestParam(required = false) @Nullable String stream,
      @RequestParam(required = false) @Nullable UUID id,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable Order order,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      Read read) {
    var query =
        new AuditQuery(
            from,
            to,
            actor,
            stream,
            id,
            type,
            order != Order.OLDEST_FIRST,
            Objects.requireNonNullElse(limit, AuditQuery.DEFAULT_LIMIT),
            cursor);
    Page<AuditEntry> page = queries.auditTrail().search(read.caller(), query);
    Map<Personal, String> opened = open(read.caller().tenant(), page.items());
    return new Page<>(page.items().stream().map(e -> view(e, opened)).toList(), page.next());
  }

  /** Everything personal on a page, in one round trip. */
  private Map<Personal, String> open(UUID tenant, List<AuditEntry> entries) {
    List<Personal> sealed = new ArrayList<>();
    for (AuditEntry entry : entries) {
      sealed.addAll(PersonalText.in(entry.payload()));
      sealed.addAll(PersonalText.in(diff(entry)));
      Personal ip = entry.provenance().ip();
      if (ip != null) {
        sealed.add(ip);
      }
    }
    return vault.openAll(tenant, sealed);
  }

  private static AuditView view(AuditEntry entry, Map<Personal, String> opened) {
    Provenance provenance = entry.provenance();
    return new AuditView(
        entry.number(),
        entry.at(),
        entry.stream(),
        entry.id(),
        entry.sequence(),
        entry.eventId(),
        entry.type(),
        entry.revision(),
        provenance.actor(),
        provenance.impersonator(),
        provenance.via(),
        provenance.reason(),
        provenance.request(),
        provenance.trace(),
        provenance.ip() == null ? null : opened.get(provenance.ip()),
        PersonalText.open(entry.payload(), opened),
        PersonalText.open(diff(entry), opened));
  }

  private static JsonNode diff(AuditEntry entry) {
    return Objects.requireNonNull(Json.tree(entry.provenance().diff()));
  }
}
