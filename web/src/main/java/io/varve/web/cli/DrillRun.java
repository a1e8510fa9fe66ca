package io.varve.web.cli;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Migrations;
import io.varve.postgres.backup.BackupException;
import io.varve.postgres.backup.BackupFolder;
import io.varve.postgres.backup.Restore;
import io.varve.postgres.backup.Restored;
import io.varve.postgres.backup.Steps;
import io.varve.postgres.cluster.ClusterException;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.cluster.EmbeddedCluster;
import io.varve.projections.Health;
import io.varve.projections.Projections;
import io.varve.projections.comparison.Comparison;
import io.varve.projections.comparison.Difference;
import io.varve.projections.comparison.ReadModelComparison;
import io.varve.projections.verify.LedgerVerification;
import io.varve.projections.verify.OutsideCheckpoints;
import io.varve.projections.verify.Progress.Phase;
import io.varve.projections.verify.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Restores, brings to life as a start of this version would, and verifies. */
final class DrillRun implements Steps {

  private static final int CONNECTIONS = 8;

  private final Clock clock;
  private final Steps watcher;

  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private String step = "";
  private long since;

  private @Nullable Restored restored;
  private @Nullable Comparison comparison;
  private long position;

  DrillRun(Clock clock, Steps watcher) {
    this.clock = clock;
    this.watcher = watcher;
  }

  /**
   * Drills with the latest of a backup.
   *
   * @param scratch an empty folder
   */
  DrillReport restoring(BackupFolder folder, Path scratch) {
    return run(
        () -> {
          Restored now = new Restore(folder, List.of(), this).run(scratch, null, null);
          restored = now;
          position = now.position();
          inScratch(scratch);
        });
  }

  /** Drills with a database that somebody has restored already. */
  DrillReport with(ConnectionSettings login) {
    return run(
        () -> {
          try (Database database = new Database(login, CONNECTIONS)) {
            verify(database);
          }
        });
  }

  private DrillReport run(Runnable drill) {
    Instant at = clock.instant();
    try {
      drill.run();
      return report(at, null);
    } catch (Failed
        | BackupException
        | ClusterException
        | DatabaseException
        | FlywayException failure) {
      return report(at, String.valueOf(failure.getMessage()));
    }
  }

  /** What was restored is not what it should be. */
  private static final class Failed extends RuntimeException {
    Failed(String message) {
      super(message);
    }
  }

  private void inScratch(Path scratch) {
    at("Starting", 0, 0);
    try (DataFolder data = DataFolder.open(scratch);
        EmbeddedCluster cluster = EmbeddedCluster.start(data)) {
      var login =
          new ConnectionSettings(
              cluster.owner().url(), Migrations.LOGIN, data.secret(Node.LOGIN_PASSWORD));
      Migrations.migrate(cluster.owner(), login.password());
      try (Database database = new Database(login, CONNECTIONS)) {
        verify(database);
      }
    }
  }

  private void verify(Database database) {
    verifyLedger(database);
    catchUp(database);
    compare(database);
  }

  /** By the key that the ledger names: what is restored is compared with itself. */
  private void verifyLedger(Database database) {
    Verdict verdict =
        new LedgerVerification(
                database,
                OutsideCheckpoints.NONE,
                (phase, done, total) -> at(name(phase), done, total))
            .verify(null, true);
    position = verdict.events();
    verdict
        .fault()
        .ifPresent(
            fault -> {
              throw new Failed("the ledger is not as it was written: %s.".formatted(fault));
            });
  }

  private static String name(Phase phase) {
    return switch (phase) {
      case SEALS -> "Verifying events and seals";
      case TILES -> "Verifying trees";
      case STREAMS -> "Verifying streams";
    };
  }

  /** The read models were restored a moment behind the ledger, or of an older version. */
  private void catchUp(Database database) {
    try (Projections projections = new Projections(database, clock)) {
      projections.start();
      long behind = 0;
      for (Health health = projections.health(); ; health = projections.health()) {
        String error = health.error();
        if (error != null) {
          throw new Failed("the read models do not catch up: %s.".formatted(error));
        }
        behind = Math.max(behind, health.lag());
        at("Catching up", behind - health.lag(), behind);
        if (health.lag() == 0) {
          return;
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  private void compare(Database database) {
    Comparison compared =
        new ReadModelComparison(database, done -> at("Comparing", done, position)).run();
    comparison = compared;
    if (!compared.ok()) {
      throw new Failed(
          "%d documents are not what the ledger says.".formatted(compared.differing()));
    }
    if (compared.behind() > 0) {
      throw new Failed("%d documents are behind the ledger.".formatted(compared.behind()));
    }
  }

  @Override
  public void at(String now, long done, long total) {
    if (!now.equals(step)) {
      stopClock();
      step = now;
    }
    watcher.at(now, done, total);
  }

  private void stopClock() {
    long time = System.nanoTime();
    if (!step.isEmpty()) {
      nanos.merge(step, time - since, Long::sum);
    }
    since = time;
  }

  private DrillReport report(Instant at, @Nullable String failure) {
    stopClock();
    Restored found = restored;
    Comparison compared = comparison;
    var steps = new ArrayList<DrillReport.Step>();
    nanos.forEach(
        (name, taken) -> steps.add(new DrillReport.Step(name, Duration.ofNanos(taken).toMillis())));
    return new DrillReport(
        failure == null,
        failure,
        at,
        found == null ? null : found.base().ended(),
        found == null ? null : found.archived(),
        found == null ? null : found.lastTransaction(),
        found == null ? null : found.at(),
        position,
        compared == null ? 0 : compared.events(),
        compared == null ? 0 : compared.streams(),
        compared == null ? List.of() : compared.first().stream().map(Difference::toString).toList(),
        steps);
  }
}
