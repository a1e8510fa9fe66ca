package io.varve.bench.project;

import io.varve.bench.Server;
import io.varve.postgres.Database;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import io.varve.projections.Health;
import io.varve.projections.Projections;
import io.varve.projections.Projections.Part;
import io.varve.projections.Settings;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A ledger, and the ways to go through it. Each answers events per second. */
public final class ReadModelRun {

  static final int EVENTS = 1_000_000;
  static final int TENANTS = 1_000;
  static final int CONNECTIONS = 12;
  private static final int PAGE = 1_000;

  private static final String EMPTY =
      """
      do $$
      declare
        t regclass;
      begin
        for t in select oid from pg_class where relnamespace = 'read'::regnamespace and relkind = 'r' loop
          execute format('truncate %s', t);
        end loop;
        truncate ops.token;
      end
      $$
      """;

  private final Server server;
  private final Database database;
  private final int events;

  public ReadModelRun(Server server, Database database, int events) {
    this.server = server;
    this.database = database;
    this.events = events;
  }

  /** Ours: from empty read models to all of them at the head of the ledger. */
  public double project() throws Exception {
    empty();
    try (var projections =
        new Projections(
            database,
            Clock.systemUTC(),
            Settings.DEFAULT,
            "bench",
            EnumSet.of(Part.READ_MODELS),
            tenant -> {})) {
      long began = System.nanoTime();
      projections.start();
      while (behind(projections.health())) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return perSecond(events, began);
    }
  }

  /** The peer that does nothing with what it reads. */
  double read() {
    long began = System.nanoTime();
    var reader = new LedgerReader(database);
    long count = 0;
    List<StoredEvent> page = reader.following(0, PAGE);
    while (!page.isEmpty()) {
      for (StoredEvent stored : page) {
        count += stored.event() == null ? 0 : 1;
      }
      page = reader.following(page.getLast().position(), PAGE);
    }
    if (count != events) {
      throw new IllegalStateException("read " + count + " of " + events + " events");
    }
    return perSecond(count, began);
  }

  void empty() throws SQLException {
    server.execute(EMPTY, "checkpoint");
  }

  static double perSecond(long count, long began) {
    return count * 1e9 / (System.nanoTime() - began);
  }

  /** Before its first claims there is no token yet, and the lag is the whole ledger. */
  private static boolean behind(Health health) {
    if (health.error() != null) {
      throw new IllegalStateException(health.error());
    }
    return health.lag() != 0;
  }
}
