package io.varve.bench.rls;

import io.varve.bench.Benchmark;
import io.varve.bench.Effort;
import io.varve.bench.Measurement;
import io.varve.bench.Rounds;
import io.varve.bench.Server;
import io.varve.bench.Target;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Reads of a read model under row-level security, beside the same statements in the same kind of
 * transaction on the same table while its row-level security is switched off. Both say the tenant
 * themselves, as every query does.
 */
public final class RowLevelSecurity implements Benchmark {

  private static final int ROWS = 1_000_000;
  private static final int TENANTS = 1_000;
  private static final int READS = 4_000;

  /** Half of all rows are one tenant's. */
  private static final String FILL =
      """
      insert into read.risk (tenant_id, id, sequence, number, position, created, at, doc)
      select tenants.ids[case when n % 2 = 0 then 1 else 2 + (n / 2) % (array_length(tenants.ids, 1) - 1) end],
             uuidv7(), 0, n, n, now(), now(),
             jsonb_build_object('id', gen_random_uuid(), 'title', 'Risk ' || md5(n::text), 'description', repeat('words ', 20),
               'category', 'availability', 'likelihood', 1 + n % 5, 'impact', 1 + n % 4, 'treatment', 'mitigate',
               'status', case when n % 7 = 0 then 'closed' else 'open' end, 'controls', '[]'::jsonb)
        from generate_series(1, ?) n,
             (select array_agg(uuidv7()) as ids from generate_series(1, ?)) tenants
      """;

  private static final String SOME =
      """
      select tenant_id, id from read.risk tablesample system (5) order by random() limit ?
      """;

  private static final String ONE =
      """
      select d.id, d.sequence, d.number, d.created, d.at, d.doc
        from read.risk d
       where d.tenant_id = ? and d.id = ?
      """;

  private static final String LIST =
      """
      select d.id, d.sequence, d.number, d.created, d.at, d.doc
        from read.risk d
       where d.tenant_id = ? and d.status = 'open' and (d.id, d.id) > (?, cast(? as uuid))
       order by d.id
       limit 51
      """;

  private record Key(UUID tenant, UUID id) {}

  @Override
  public String name() {
    return "rls";
  }

  @Override
  public List<Measurement> run(Effort effort) throws Exception {
    try (Server server = Server.start(effort.folder());
        Database database = server.database(2)) {
      fill(server, effort.scaled(ROWS));
      server.settle();
      List<Key> keys = keys(server);
      var measurements = new ArrayList<Measurement>();
      measurements.addAll(compare("rls single", server, database, ONE, keys, READS, effort));
      measurements.addAll(compare("rls list", server, database, LIST, keys, READS / 4, effort));
      return measurements;
    }
  }

  private static List<Measurement> compare(
      String name,
      Server server,
      Database database,
      String sql,
      List<Key> keys,
      int reads,
      Effort effort)
      throws Exception {
    double[] p99 = new double[2 * effort.rounds()];
    int[] runs = {0, 0};
    secure(server, true);
    latencies(database, sql, keys, reads, new Random(0));
    double[] p50 =
        Rounds.medians(
            effort.rounds(),
            List.of(
                () -> {
                  secure(server, true);
                  double[] sorted = latencies(database, sql, keys, reads, new Random(runs[0]));
                  p99[runs[0]++] = percentile(sorted, 99);
                  return percentile(sorted, 50);
                },
                () -> {
                  secure(server, false);
                  double[] sorted = latencies(database, sql, keys, reads, new Random(runs[1]));
                  p99[effort.rounds() + runs[1]++] = percentile(sorted, 99);
                  return percentile(sorted, 50);
                }));
    double ours = Rounds.median(Arrays.copyOfRange(p99, 0, effort.rounds()));
    double peer = Rounds.median(Arrays.copyOfRange(p99, effort.rounds(), p99.length));
    return List.of(
        new Measurement(name + " p50", p50[0], p50[1], "µs", Target.atMost(1.1)),
        new Measurement(name + " p99", ours, peer, "µs", Target.atMost(1.1)));
  }

  private static void secure(Server server, boolean on) throws SQLException {
    if (on) {
      server.execute("alter table read.risk enable row level security, force row level security");
    } else {
      server.execute(
          "alter table read.risk disable row level security, no force row level security");
    }
  }

  /** Microseconds, sorted. What comes first pays for plans that the switch has thrown away. */
  private static double[] latencies(
      Database database, String sql, List<Key> keys, int reads, Random random) {
    int warm = reads / 10;
    double[] taken = new double[reads];
    for (int i = -warm; i < reads; i++) {
      Key key = keys.get(random.nextInt(keys.size()));
      long began = System.nanoTime();
      int rows = read(database, sql, key);
      long took = System.nanoTime() - began;
      if (rows == 0 && sql.equals(ONE)) {
        throw new IllegalStateException("a row was not found");
      }
      if (i >= 0) {
        taken[i] = took / 1e3;
      }
    }
    Arrays.sort(taken);
    return taken;
  }

  private static int read(Database database, String sql, Key key) {
    return database
        .query(
            Scope.query(key.tenant()),
            sql,
            (statement, first) -> {
              statement.setObject(first, key.tenant());
              statement.setObject(first + 1, key.id());
              if (sql.equals(LIST)) {
                statement.setObject(first + 2, key.id());
              }
            },
            row -> row.getString(6))
        .size();
  }

  private static double percentile(double[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  private static void fill(Server server, int rows) throws SQLException {
    try (Connection connection = server.connect();
        PreparedStatement statement = connection.prepareStatement(FILL)) {
      statement.setInt(1, rows);
      statement.setInt(2, TENANTS);
      statement.executeUpdate();
    }
  }

  private static List<Key> keys(Server server) throws SQLException {
    var keys = new ArrayList<Key>();
    try (Connection connection = server.connect();
        PreparedStatement statement = connection.prepareStatement(SOME)) {
      statement.setInt(1, READS);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          keys.add(new Key(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
        }
      }
    }
    return keys;
  }
}
