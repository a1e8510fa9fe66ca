package io.varve.web.erasure;

import io.varve.command.LedgerRefusal;
import io.varve.command.erasure.ApproveErasure;
import io.varve.command.erasure.RequestErasure;
import io.varve.command.erasure.WithdrawErasure;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.erasure.Erasure;
import io.varve.events.erasure.ErasureId;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.TenantId;
import io.varve.postgres.ledger.PersonalTraces.Trace;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.erasure.Erasures;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.erasure.Findings.Keeper;
import io.varve.web.http.Body;
import io.varve.web.http.Ids;
import io.varve.web.http.Read;
import io.varve.web.http.Versioned;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The erasure of what is known of a person: asked for by one, approved by another. */
@RestController
@Homed({Root.TENANTS, Root.ORGANIZATIONS, Root.CARRIERS})
@RequestMapping(ErasureController.PATH)
final class ErasureController implements Lists {

  static final String PATH = "/api/erasures";

  private final Findings findings;
  private final RetiredTenants retiredTenants;
  private final Eraser eraser;

  ErasureController(Findings findings, RetiredTenants retiredTenants, Eraser eraser) {
    this.findings = findings;
    this.retiredTenants = retiredTenants;
    this.eraser = eraser;
  }

  /**
   * What is to be erased.
   *
   * @param subject a person; absent only for the whole of a retired tenant
   * @param tenant a retired tenant of the organization; absent for one's own home
   * @param legalBasis why that has to be; no name and nothing else of the person, for it is kept
   * @param dryRun whether only to say what there is
   */
  record NewErasure(
      @Nullable UUID subject,
      @Nullable TenantId tenant,
      String legalBasis,
      @Nullable Boolean dryRun) {}

  /**
   * What is to be erased.
   *
   * @param id absent for a dry run, like the number
   * @param traces in the ledger, by type
   * @param others how much there is of what is kept elsewhere
   * @param held by which holds, so that it cannot be erased
   */
  record FoundErasure(
      @Nullable UUID id,
      long version,
      @Nullable Long number,
      Erasure.Extent extent,
      List<Trace> traces,
      List<Amount> others,
      List<Keeper> held)
      implements Versioned {}

  @Override
  public Listing<?> listing() {
    return Erasures.LISTING;
  }

  @Says("Lists erasures")
  @Needs(Permission.ERASURE_READ)
  @GetMapping
  Page<ErasureView> list(ListRequest request, Read read) {
    return read.list(Erasures.LISTING, request, ErasureView::of);
  }

  @Says("Shows an erasure")
  @Needs(Permission.ERASURE_READ)
  @GetMapping("/{id}")
  ResponseEntity<ErasureView> one(@PathVariable UUID id, Read read) {
    return read.one(Erasures.LISTING, id, ErasureView::of);
  }

  @Says(
      value = "Asks for the erasure of what is known of a person, or says what there is",
      tries = true)
  @Needs(Permission.ERASURE_WRITE)
  @PostMapping
  ResponseEntity<FoundErasure> request(@Body NewErasure wanted, Caller caller, Write write) {
    new Rules()
        .line("/legalBasis", wanted.legalBasis(), Erasure.MAX_LEGAL_BASIS)
        .hold(
            wanted.subject() != null || wanted.tenant() != null,
            "/subject",
            "required",
            "is required")
        .enforce();
    var subject = new Subject(caller.tenant(), wanted.tenant(), wanted.subject());
    retiredTenants.require(caller.tenant(), subject);
    List<Trace> traces = findings.traces(subject);
    Erasure.Extent extent = Findings.extent(traces);
    List<Amount> others = Amount.of(findings.others(subject.tenant(), subject.person()));
    List<Keeper> keepers = findings.keepers(subject);
    if (Boolean.TRUE.equals(wanted.dryRun())) {
      return ResponseEntity.ok(new FoundErasure(null, 0, null, extent, traces, others, keepers));
    }
    requireFree(keepers);
    ResponseEntity<Written> answer =
        write.create(
            PATH,
            new RequestErasure(
                new ErasureId(Ids.next()),
                wanted.tenant(),
                wanted.subject(),
                wanted.legalBasis(),
                extent));
    Written written = Objects.requireNonNull(answer.getBody());
    return new ResponseEntity<>(
        new FoundErasure(
            written.id(), written.version(), written.number(), extent, traces, others, keepers),
        answer.getHeaders(),
        answer.getStatusCode());
  }

  @Says("Takes back that something is to be erased")
  @Needs(Permission.ERASURE_WRITE)
  @PostMapping("/{id}/withdraw")
  ResponseEntity<Written> withdraw(@PathVariable UUID id, Write write) {
    return write.change(new WithdrawErasure(new ErasureId(id)));
  }

  /** What was approved is executed at once; where that fails, a little later. */
  @Says("Erases what another has asked to be erased, for good")
  @Needs(value = Permission.ERASURE_WRITE, fresh = true)
  @PostMapping("/{id}/approve")
  ResponseEntity<Written> approve(@PathVariable UUID id, Caller caller, Write write) {
    ResponseEntity<Written> answer = write.change(new ApproveErasure(new ErasureId(id)));
    Erasure erasure = eraser.settle(caller.tenant(), id);
    if (erasure.status() == Erasure.Status.BLOCKED) {
      String matter = erasure.matter();
      throw matter == null
          ? new LedgerRefusal.LastAdministrator()
          : new LedgerRefusal.Held(List.of(matter));
    }
    return answer;
  }

  private static void requireFree(List<Keeper> keepers) {
    if (!keepers.isEmpty()) {
      throw new LedgerRefusal.Held(keepers.stream().map(Keeper::matter).toList());
    }
  }
}
