package io.varve.web.export;

import io.varve.command.Commands;
import io.varve.command.Terms;
import io.varve.command.export.ExpireExport;
import io.varve.events.Refusal;
import io.varve.events.export.Export;
import io.varve.events.export.ExportId;
import io.varve.events.hold.HoldId;
import io.varve.events.tenancy.Retention;
import io.varve.events.tenancy.Tenant;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.Holds;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import io.varve.web.auth.Callers;
import io.varve.web.export.ExportJobs.Job;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes bundles whose time is over, as their tenant wants it. One that was made for a legal hold
 * stays for as long as that stands. Any node may, at any time.
 */
final class ExportExpiry implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ExportExpiry.class);
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final int PAGE = 500;

  private final LedgerReader ledger;
  private final Holds holds;
  private final Commands commands;
  private final ExportJobs jobs;
  private final BundleFolder folder;
  private final Clock clock;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("export-expiry").daemon().factory());

  ExportExpiry(
      Database database,
      Holds holds,
      Commands commands,
      ExportJobs jobs,
      BundleFolder folder,
      Clock clock) {
    this.ledger = new LedgerReader(database);
    this.holds = holds;
    this.commands = commands;
    this.jobs = jobs;
    this.folder = folder;
    this.clock = clock;
  }

  void start() {
    var begun =
        schedule.scheduleWithFixedDelay(
            this::expire, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    log.debug("bundles whose time is over are deleted: {}", begun);
  }

  @Override
  public void close() {
    schedule.shutdown();
    schedule.close();
  }

  /** Deletes those whose time is over by now. */
  void expire() {
    try {
      for (Job job : jobs.kept()) {
        tryExpire(job);
      }
    } catch (RuntimeException failure) {
      log.warn("bundles could not be looked for, and will be later", failure);
    }
  }

  /** One that cannot be deleted does not hold up the others. */
  private void tryExpire(Job job) {
    try {
      if (isOver(job) && !isHeld(job)) {
        commands.send(
            Callers.exporter(job.tenant()), new ExpireExport(new ExportId(job.id())), Terms.NONE);
        folder.clear(job.tenant(), job.id());
        log.info("The export {} is expired", job.id());
      }
    } catch (Refusal refused) {
      log.info("The export {} stays: {}", job.id(), refused.code());
    } catch (RuntimeException failure) {
      log.warn("The export {} could not be let go, and will be later", job.id(), failure);
    }
  }

  private boolean isOver(Job job) {
    int days =
        ledger
            .state(Scope.command(job.tenant()), Tenant.STREAM, job.tenant(), job.tenant())
            .map(Tenant::retention)
            .orElse(Retention.DEFAULT)
            .exports();
    return !completed(job).plus(Duration.ofDays(days)).isAfter(clock.instant());
  }

  private Instant completed(Job job) {
    List<StoredEvent> events =
        ledger.stream(Scope.command(job.tenant()), job.tenant(), job.id(), 0, PAGE);
    return events.stream()
        .filter(event -> event.type().equals("export.completed"))
        .map(StoredEvent::at)
        .findFirst()
        .orElseThrow();
  }

  private boolean isHeld(Job job) {
    HoldId hold = export(job).scope().hold();
    return hold != null
        && holds.standing(job.tenant()).stream().anyMatch(one -> one.id().equals(hold));
  }

  private Export export(Job job) {
    return ledger
        .state(Scope.command(job.tenant()), Export.STREAM, job.tenant(), job.id())
        .orElseThrow();
  }
}
