package io.varve.web.seal;

import io.varve.events.access.Permission;
import io.varve.query.ListRequest;
import io.varve.query.Page;
import io.varve.query.QuerySide;
import io.varve.query.seal.SealedTree;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Read;
import io.varve.web.openapi.Says;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was signed of a tenant's events, and proofs that lead there. */
@RestController
@Homed({Root.TENANTS, Root.ORGANIZATIONS, Root.CARRIERS})
final class SealController {

  private final QuerySide queries;

  SealController(QuerySide queries) {
    this.queries = queries;
  }

  @Says("Proves that an event is in the ledger as it was sealed, or says that it is not sealed yet")
  @Needs(Permission.AUDIT_READ)
  @GetMapping("/api/audit/{eventId}/proof")
  EventProofView proof(@PathVariable UUID eventId, Read read) {
    return EventProofView.of(queries.seals().proof(read.caller(), eventId));
  }

  @Says("Lists the signed checkpoints of the caller's own tenant, newest first")
  @Needs(Permission.AUDIT_READ)
  @GetMapping("/api/checkpoints")
  Page<CheckpointView> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      Read read) {
    Page<SealedTree> page =
        queries
            .seals()
            .checkpoints(read.caller(), limit == null ? ListRequest.DEFAULT_LIMIT : limit, cursor);
    return new Page<>(page.items().stream().map(CheckpointView::of).toList(), page.next());
  }

  @Says("Shows the checkpoint that was signed when there were so many events")
  @Needs(Permission.AUDIT_READ)
  @GetMapping("/api/checkpoints/{size}")
  CheckpointView get(@PathVariable long size, Read read) {
    return CheckpointView.of(queries.seals().checkpoint(read.caller(), size));
  }

  @Says("Proves that the first so many events are among the first of a larger number, unchanged")
  @Needs(Permission.AUDIT_READ)
  @GetMapping("/api/checkpoints/consistency")
  ConsistencyView consistency(
      @RequestParam(required = false) @Nullable Long from,
      @RequestParam(required = false) @Nullable Long to,
      Read read) {
    return ConsistencyView.of(queries.seals().consistency(read.caller(), from, to));
  }
}
