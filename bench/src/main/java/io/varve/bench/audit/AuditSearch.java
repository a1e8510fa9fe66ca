package io.varve.bench.audit;

import io.varve.bench.Benchmark;
import io.varve.bench.Effort;
import io.varve.bench.Measurement;
import io.varve.bench.Server;
import io.varve.bench.Target;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.postgres.Database;
import io.varve.projections.Health;
import io.varve.projections.Projections;
import io.varve.projections.Projections.Part;
import io.varve.projections.Settings;
import io.varve.query.QuerySide;
import io.varve.query.audit.AuditEntry;
import io.varve.query.audit.AuditPage;
import io.varve.query.audit.AuditQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Searches of all kinds in a trail that is ten times as long each time, by the real query side on
 * an index that the real projection has written. Half of them ask the largest tenant. Each is timed
 * from the question to its page of fifty, with all its round trips.
 */
public final class AuditSearch implements Benchmark {

  private static final List<Integer> SIZES = List.of(50_000, 500_000, 5_000_000);
  private static final int CONNECTIONS = 8;
  private static final int SEARCHES = 200;
  private static final int WARM_UP = 50;
  private static final double WITHIN_MILLIS = 50;

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public List<Measurement> run(Effort effort) throws Exception {
    var measurements = new ArrayList<Measurement>();
    try (Server server = Server.start(effort.folder());
        Database database = server.database(CONNECTIONS)) {
      var queries = new QuerySide(database, Clock.systemUTC(), new byte[32]);
      var seed = new TrailSeed(server);
      int before = 0;
      for (int size : SIZES) {
        int events = effort.scaled(size);
        seed.layUpTo(events);
        String label = String.format(Locale.ROOT, "audit %,d ", events);
        measurements.add(
            new Measurement(
                label + "index", index(database, events - before), null, "events/s", null));
        server.settle();
        measurements.add(
            new Measurement(
                label + "index size", bytes(server) / events, null, "bytes/event", null));
        before = events;
        measurements.addAll(searches(label, new Questions(seed), queries));
      }
    }
    return measurements;
  }

  private static List<Measurement> searches(String label, Questions questions, QuerySide queries) {
    var measurements = new ArrayList<Measurement>();
    var all = new ArrayList<Double>();
    questions
        .kinds()
        .forEach(
            (kind, question) -> {
              double[] taken = latencies(question, queries);
              Arrays.stream(taken).forEach(all::add);
              measurements.add(p(label + kind, 50, taken, null));
              measurements.add(p(label + kind, 95, taken, Target.atMost(WITHIN_MILLIS)));
            });
    double[] together = all.stream().mapToDouble(Double::doubleValue).toArray();
    measurements.add(p(label + "all", 50, together, null));
    measurements.add(p(label + "all", 95, together, Target.atMost(WITHIN_MILLIS)));
    return measurements;
  }

  private static Measurement p(String name, int percent, double[] taken, @Nullable Target target) {
    double[] sorted = taken.clone();
    Arrays.sort(sorted);
    double value = sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    return new Measurement(name + " p" + percent, value, null, "ms", target);
  }

  private static double[] latencies(Supplier<Questions.Question> questions, QuerySide queries) {
    double[] taken = new double[SEARCHES];
    for (int i = -WARM_UP; i < SEARCHES; i++) {
      Questions.Question question = questions.get();
      AuditQuery query = question.query();
      for (int page = 0; page < question.pagesBefore(); page++) {
        String next = search(queries, question.tenant(), query).next();
        if (next == null) {
          break;
        }
        query = new AuditQuery(query.filter(), query.newestFirst(), query.limit(), next);
      }
      long began = System.nanoTime();
      search(queries, question.tenant(), query);
      if (i >= 0) {
        taken[i] = (System.nanoTime() - began) / 1e6;
      }
    }
    return taken;
  }

  private static AuditPage<AuditEntry> search(QuerySide queries, UUID tenant, AuditQuery query) {
    var caller = Caller.of(tenant, Actor.user(tenant), Set.of(Permission.AUDIT_READ), Via.API);
    return queries.auditTrail().search(caller, query);
  }

  /** How many events a second the projection writes into the index. */
  private static double index(Database database, int events) throws InterruptedException {
    try (var projections =
        new Projections(
            database,
            Clock.systemUTC(),
            Settings.DEFAULT,
            "bench",
            EnumSet.of(Part.AUDIT_INDEX),
            tenant -> {})) {
      long began = System.nanoTime();
      projections.start();
      while (isBehind(projections.health())) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return events * 1e9 / (System.nanoTime() - began);
    }
  }

  private static boolean isBehind(Health health) {
    if (health.error() != null) {
      throw new IllegalStateException(health.error());
    }
    return health.lag() != 0;
  }

  private static double bytes(Server server) throws Exception {
    try (var connection = server.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select pg_total_relation_size('read.audit_index')")) {
      row.next();
      return row.getLong(1);
    }
  }
}
