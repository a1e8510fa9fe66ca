package io.varve.web.audit;

import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.query.QuerySide;
import io.varve.query.audit.AuditEntry;
import io.varve.query.audit.AuditFilter;
import io.varve.query.audit.AuditPage;
import io.varve.query.audit.AuditQuery;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Fault;
import io.varve.web.http.FaultException;
import io.varve.web.http.Order;
import io.varve.web.http.Read;
import io.varve.web.openapi.Says;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The trail is the ledger itself: nothing has to catch up before it can be read. */
@RestController
@Homed({Root.TENANTS, Root.ORGANIZATIONS, Root.CARRIERS})
final class AuditController {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final QuerySide queries;
  private final AuditViews views;
  private final AuditStreams streams;

  AuditController(QuerySide queries, AuditViews views, AuditStreams streams) {
    this.queries = queries;
    this.views = views;
    this.streams = streams;
  }

  @Says(
      "Searches the audit trail of the caller's own tenant, newest first, by all that is given"
          + " together: \"path\" finds what changed there or below, \"text\" whole words in changed"
          + " texts. A page may have fewer items than the limit, and still a next one")
  @Needs(Permission.AUDIT_READ)
  @GetMapping("/api/audit")
  AuditPage<AuditView> search(
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable UUID actor,
      @RequestParam(required = false) @Nullable UUID impersonator,
      @RequestParam(required = false) @Nullable String stream,
      @RequestParam(required = false) @Nullable UUID id,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String request,
      @RequestParam(required = false) @Nullable String trace,
      @RequestParam(required = false) @Nullable String path,
      @RequestParam(required = false) @Nullable String text,
      @RequestParam(required = false) @Nullable Order order,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      Read read) {
    var query =
        new AuditQuery(
            new AuditFilter(
                from, to, actor, impersonator, stream, id, type, request, trace, path, text),
            order != Order.OLDEST_FIRST,
            Objects.requireNonNullElse(limit, AuditQuery.DEFAULT_LIMIT),
            cursor);
    AuditPage<AuditEntry> page = queries.auditTrail().search(read.caller(), query);
    return page.with(views.of(read.caller().tenant(), page.items()));
  }

  @Says(
      "Follows the audit trail of the caller's own tenant as server-sent events, each with its"
          + " number as id: from now on, or after the number in Last-Event-ID. Ends when the right"
          + " to it does")
  @Needs(Permission.AUDIT_READ)
  @GetMapping(path = "/api/audit/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void follow(
      @RequestParam(required = false) @Nullable UUID actor,
      @RequestParam(required = false) @Nullable UUID impersonator,
      @RequestParam(required = false) @Nullable String stream,
      @RequestParam(required = false) @Nullable UUID id,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String request,
      @RequestParam(required = false) @Nullable String trace,
      @RequestParam(required = false) @Nullable String path,
      @RequestParam(required = false) @Nullable String text,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      Read read,
      HttpServletRequest http,
      HttpServletResponse answer) {
    var filter =
        new AuditFilter(
            null, null, actor, impersonator, stream, id, type, request, trace, path, text);
    var rules = new Rules();
    filter.check(rules);
    rules.enforce();
    long head = queries.auditTrail().head(read.caller());
    // A number that no event has yet is of another ledger, or of one before it was restored.
    long after = lastEventId == null ? head : Math.min(head, number(lastEventId));
    streams.follow(new AuditStream.Wanted(read.caller(), filter, after), http, answer);
  }

  private static long number(String lastEventId) {
    if (!NUMBER.matcher(lastEventId).matches()) {
      throw new FaultException(Fault.MALFORMED_REQUEST, "Last-Event-ID must be a number.");
    }
    return Long.parseLong(lastEventId);
  }
}
