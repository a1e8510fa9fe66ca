package io.varve.web.export;

import io.varve.command.Command;
import io.varve.command.Commands;
import io.varve.command.Terms;
import io.varve.command.export.CompleteExport;
import io.varve.command.export.FailExport;
import io.varve.events.Refusal;
import io.varve.events.export.Export;
import io.varve.events.export.ExportId;
import io.varve.evidence.bundle.BundleWriter.Finished;
import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import io.varve.query.ReadYourWrites;
import io.varve.query.export.BundleMaking;
import io.varve.web.auth.Callers;
import io.varve.web.export.ExportJobs.Job;
import io.varve.web.export.ExportJobs.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the bundles that were asked for, one at a time. Any node may: what one has begun and died
 * with, another begins anew once nobody renews the lease. An export is made once everything up to
 * its own request is sealed.
 */
final class ExportRunner implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ExportRunner.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration RENEW = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Why a bundle cannot be made, where nothing more is known. */
  static final String FAILED = "export-failed";

  private final LedgerReader ledger;
  private final BundleMaking making;
  private final BundleMaking.Signers signers;
  private final ReadYourWrites readModels;
  private final Commands commands;
  private final ExportJobs jobs;
  private final BundleFolder folder;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("exports").daemon().factory());
  private final ScheduledExecutorService renewing =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("exports-lease").daemon().factory());

  /** The making of a bundle has to end: it is wanted no more, or not from this node. */
  private static final class EndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  ExportRunner(
      Database database,
      BundleMaking making,
      BundleMaking.Signers signers,
      ReadYourWrites readModels,
      Commands commands,
      ExportJobs jobs,
      BundleFolder folder) {
    this.ledger = new LedgerReader(database);
    this.making = making;
    this.signers = signers;
    this.readModels = readModels;
    this.commands = commands;
    this.jobs = jobs;
    this.folder = folder;
  }

  void start() {
    var begun =
        schedule.scheduleWithFixedDelay(this::tryAll, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    log.debug("exports that were asked for are made: {}", begun);
  }

  /** Leaves what it is at to others, or to the next start. */
  @Override
  public void close() {
    closing.countDown();
    schedule.shutdown();
    schedule.close();
    renewing.shutdownNow();
    renewing.close();
  }

  private void tryAll() {
    try {
      for (Job job : jobs.pending()) {
        if (closing.getCount() > 0 && jobs.take(job)) {
          run(job);
        }
      }
    } catch (DatabaseException away) {
      log.warn("exports could not be looked for, and will be later: {}", away.getMessage());
    } catch (RuntimeException failure) {
      log.warn("exports could not be looked for, and will be later", failure);
    }
  }

  private void run(Job job) {
    var held = new Held(job);
    try {
      log.info("The export {} is begun", job.id());
      make(job, held);
    } catch (EndedException ended) {
      log.info("The export {} is left: it is wanted no more, or not from here", job.id());
    } catch (DatabaseException away) {
      log.warn("The export {} will be tried again", job.id(), away);
    } catch (IOException | RuntimeException failure) {
      log.error("The export {} failed", job.id(), failure);
      send(job, new FailExport(new ExportId(job.id()), FAILED));
    } finally {
      held.end();
    }
  }

  private void make(Job job, Held held) throws IOException {
    Export export =
        ledger
            .state(Scope.command(job.tenant()), Export.STREAM, job.tenant(), job.id())
            .orElseThrow();
    StoredEvent asked =
        ledger.stream(Scope.command(job.tenant()), job.tenant(), job.id(), 0, 1).getFirst();
    awaitSeals(job, asked.number(), held);
    folder.clear(job.tenant(), job.id());
    Path part = folder.begin(job.tenant(), job.id(), jobs.node());
    try {
      Finished finished =
          making.make(job.tenant(), export, asked.at(), null, part, signers, held::at);
      held.renew();
      Path bundle = folder.finish(part, job.tenant(), job.id(), finished.sha256());
      if (send(job, new CompleteExport(export.id(), bundle(finished)))) {
        log.info("The export {} is completed: {} bytes", job.id(), finished.size());
      } else {
        BundleFolder.discard(bundle);
      }
    } finally {
      BundleFolder.discard(part);
    }
  }

  static Export.Bundle bundle(Finished finished) {
    return new Export.Bundle(
        finished.size(),
        finished.sha256(),
        finished.manifest().events(),
        finished.manifest().size(),
        finished.manifest().complete());
  }

  /** Until the bundle's checkpoint can cover its own request, and the read models hold that. */
  private void awaitSeals(Job job, long number, Held held) {
    try {
      while (making.sealed(job.tenant()) < number) {
        held.at(0, 0);
        if (closing.await(LOOK.toMillis() / 2, TimeUnit.MILLISECONDS)) {
          throw new EndedException();
        }
      }
      while (!readModels.await(
          Callers.exporter(job.tenant()), making.sealed(job.tenant()), PATIENCE)) {
        held.at(0, 0);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new EndedException();
    }
  }

  /** Whether it was accepted; where it was not, another has decided the export. */
  private boolean send(Job job, Command command) {
    try {
      commands.send(Callers.exporter(job.tenant()), command, Terms.NONE);
      return true;
    } catch (Refusal decided) {
      log.info("The export {} was decided meanwhile: {}", job.id(), decided.code());
      return false;
    }
  }

  /** A job that this node has, and renews until it ends. */
  private final class Held {

    private final Job job;
    private final ScheduledFuture<?> renewal;
    private volatile Progress progress = new Progress(0, 0);
    private volatile boolean lost;

    Held(Job job) {
      this.job = job;
      this.renewal =
          renewing.scheduleWithFixedDelay(
              this::tryRenew, 0, RENEW.toMillis() / 5, TimeUnit.MILLISECONDS);
    }

    void at(long done, long of) {
      progress = new Progress(done, of);
      if (lost || closing.getCount() == 0) {
        throw new EndedException();
      }
    }

    /** Makes sure at last. */
    void renew() {
      lost = lost || !jobs.renew(job, progress);
      at(progress.done(), progress.of());
    }

    void end() {
      renewal.cancel(false);
      try {
        jobs.giveBack(job);
      } catch (DatabaseException away) {
        log.warn("The lease of an export is left to expire: {}", away.getMessage());
      }
    }

    private void tryRenew() {
      try {
        lost = lost || !jobs.renew(job, progress);
      } catch (DatabaseException away) {
        log.warn("The lease of an export could not be renewed: {}", away.getMessage());
      }
    }
  }
}
