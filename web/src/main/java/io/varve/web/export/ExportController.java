package io.varve.web.export;

import static java.util.Objects.requireNonNullElse;

import io.varve.command.export.CancelExport;
import io.varve.command.export.ExportRefusal;
import io.varve.command.export.RequestExport;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.export.Export;
import io.varve.events.export.ExportId;
import io.varve.events.export.ExportScope;
import io.varve.events.rule.Rules;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.export.BundleMaking;
import io.varve.query.export.Exports;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.export.ExportJobs.Job;
import io.varve.web.http.Body;
import io.varve.web.http.Fault;
import io.varve.web.http.FaultException;
import io.varve.web.http.Ids;
import io.varve.web.http.Read;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Homed({Root.TENANTS, Root.ORGANIZATIONS})
@RequestMapping(ExportController.PATH)
final class ExportController implements Lists {

  static final String PATH = "/api/exports";

  private final BundleMaking making;
  private final ExportJobs jobs;
  private final Downloads downloads;
  private final Clock clock;

  /**
   * What is to be exported.
   *
   * @param scope absent for all of the tenant
   * @param purpose why: it stands in the bundle
   * @param personal whether the bundle tells what sealed personal texts say; absent for no
   */
  record NewExport(
      @Nullable ExportScope scope, String purpose, Export.@Nullable Personal personal) {}

  ExportController(BundleMaking making, ExportJobs jobs, Downloads downloads, Clock clock) {
    this.making = making;
    this.jobs = jobs;
    this.downloads = downloads;
    this.clock = clock;
  }

  @Override
  public Listing<?> listing() {
    return Exports.LISTING;
  }

  @Says("Lists exports")
  @Needs(Permission.EXPORT_READ)
  @GetMapping
  Page<ExportView> list(ListRequest request, Read read) {
    return read.list(Exports.LISTING, request, export -> ExportView.of(export, null));
  }

  @Says("Shows an export, and while it is made how far that has got")
  @Needs(Permission.EXPORT_READ)
  @GetMapping("/{id}")
  ResponseEntity<ExportView> one(@PathVariable UUID id, Read read) {
    return read.one(
        Exports.LISTING,
        id,
        export ->
            ExportView.of(export, jobs.progress(new Job(read.caller().tenant(), id)).orElse(null)));
  }

  @Says("Asks for a bundle of events and of what proves them, which is made in the background")
  @Needs(Permission.EXPORT_WRITE)
  @PostMapping
  ResponseEntity<Written> request(@Body NewExport wanted, Caller caller, Write write) {
    var command =
        new RequestExport(
            new ExportId(Ids.next()),
            requireNonNullElse(wanted.scope(), ExportScope.TENANT),
            wanted.purpose(),
            requireNonNullElse(wanted.personal(), Export.Personal.SEALED));
    check(command, caller);
    return write.create(PATH, command);
  }

  @Says("Cancels an export that is not made yet")
  @Needs(Permission.EXPORT_WRITE)
  @PostMapping("/{id}/cancel")
  ResponseEntity<Written> cancel(@PathVariable UUID id, Write write) {
    return write.change(new CancelExport(new ExportId(id)));
  }

  /** An event says who fetched what before the first byte goes out. */
  @Says(
      value = "Fetches the bundle of an export, all of it or a range of bytes",
      answers = 200,
      refuses = {409, 410, 416})
  @Needs(Permission.EXPORT_READ)
  @GetMapping("/{id}/bundle")
  @Nullable ResponseEntity<Void> bundle(
      @PathVariable UUID id, Read read, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Export export = read.get(Exports.LISTING, id).state();
    Export.Bundle bundle = export.bundle();
    if (export.status() == Export.Status.EXPIRED) {
      throw new FaultException(Fault.GONE);
    }
    if (export.status() != Export.Status.COMPLETED || bundle == null) {
      throw new ExportRefusal.HasNoBundle();
    }
    downloads.send(read.caller(), export.id(), bundle, request, response);
    return null;
  }

  /** What would make a bundle of nothing is refused before anything is written. */
  private void check(RequestExport command, Caller caller) {
    var rules = new Rules();
    command.check(rules);
    ExportScope.Search search = command.scope().search();
    if (search != null && search.from() != null) {
      rules.hold(
          !search.from().isAfter(clock.instant()),
          "/scope/search/from",
          "in-future",
          "must not be in the future");
    }
    rules.enforce();
    if (command.scope().hold() == null && !making.finds(caller.tenant(), command.scope())) {
      throw new ExportRefusal.IsEmpty();
    }
  }
}
