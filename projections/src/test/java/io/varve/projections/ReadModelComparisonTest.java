package io.varve.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.tenancy.OrganizationId;
import io.varve.events.tenancy.TenancyEvent.TenantCreated;
import io.varve.events.tenancy.Tenant;
import io.varve.events.tenancy.TenantId;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestLedger.Fact;
import io.varve.projections.comparison.Comparison;
import io.varve.projections.comparison.ReadModelComparison;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(Lifecycle.PER_CLASS)
class ReadModelComparisonTest {

  @AutoClose private final Fixture fixture = new Fixture();
  private final List<History> histories = LongStream.range(0, 6).mapToObj(History::new).toList();

  @BeforeAll
  void project() {
    var tenant = UUID.randomUUID();
    fixture.ledger.append(
        new Fact(
            tenant,
            tenant,
            0,
            new TenantCreated(
                new TenantId(tenant),
                new OrganizationId(UUID.randomUUID()),
                "Harbour",
                "shipping",
                Tenant.Size.SMALL)));
    histories.forEach(history -> fixture.ledger.append(history.next(500), Instant.now()));
    try (Projections projections = fixture.projections(Fixture.settings(2, 2, 4))) {
      projections.start();
      fixture.awaitCaughtUp(projections);
    }
  }

  @Test
  void whatWasProjectedIsWhatTheLedgerSays() {
    var told = new ArrayList<Long>();
    Comparison comparison = new ReadModelComparison(fixture.database, told::add).run();
    assertThat(comparison.first()).isEmpty();
    assertThat(comparison.ok()).isTrue();
    assertThat(comparison.events()).isGreaterThanOrEqualTo(3001);
    assertThat(comparison.streams())
        .isEqualTo(1 + histories.stream().mapToLong(history -> history.states.size()).sum());
    assertThat(told).isSorted().endsWith(comparison.events());
  }

  /** The second statement mends what the first has broken. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          update read.risk set doc = doc || '{"title": "harmless"}' where {one} => is not what its events come to at sequence
          update read.risk set number = number + 1 where {one} => has another number, position or time
          update read.risk set at = at + interval '1 microsecond' where {one} => has another number, position or time
          update read.risk set sequence = sequence + 1 where {one} => is ahead of the ledger, at sequence
          delete from read.risk where {one} => lacks the event of sequence 0
          update read.kri set colour = (colour + 1) % 4 where {one} => is not what its events come to at sequence
          update read.risk set id = uuidv7() where {one} => has no event
          update read.tenant set tenant_id = uuidv7() where {one} => is read there wrongly
          """)
  void whatWasTamperedWithIsNamed(String tampering, String what) throws SQLException {
    String table = tampering.replaceFirst(".*(read\\.\\w+).*", "$1");
    String one = "ctid = (select max(ctid) from " + table + ")";
    Sql.run(fixture.test.superuser(), "create table kept as select * from " + table);
    try {
      Sql.run(
          fixture.test.superuser(),
          "set session_replication_role = replica; " + tampering.replace("{one}", one));
      Comparison comparison = new ReadModelComparison(fixture.database, events -> {}).run();
      assertThat(comparison.ok()).isFalse();
      assertThat(comparison.first())
          .anySatisfy(
              difference -> {
                assertThat(difference.what()).startsWith(what);
                assertThat("read." + difference.stream()).isEqualTo(table);
              });
      assertThat(comparison.first().toString()).doesNotContain("harmless");
    } finally {
      restore(table);
    }
  }

  private void restore(String table) throws SQLException {
    String columns =
        Sql.one(
            fixture.test.superuser(),
            "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute"
                + " where attrelid = '%s'::regclass and attnum > 0 and not attisdropped"
                    .formatted(table)
                + " and attgenerated = ''");
    Sql.run(
        fixture.test.superuser(),
        "delete from %1$s; insert into %1$s (%2$s) select %2$s from kept; drop table kept"
            .formatted(table, columns));
  }

  @Test
  void whatTheReadModelsHaveNotGotToIsBehindAndNoDifference() {
    try (Fixture other = new Fixture()) {
      History history = new History(77);
      other.ledger.append(history.next(300), Instant.now());
      Comparison comparison = new ReadModelComparison(other.database, events -> {}).run();
      assertThat(comparison.first()).isEmpty();
      assertThat(comparison.behind()).isEqualTo(history.states.size());
    }
  }

  @Test
  void itMayRunWhileEventsAreWrittenAndProjected() throws Exception {
    try (Fixture other = new Fixture();
        Projections projections = other.projections(Fixture.settings(2, 2, 4))) {
      projections.start();
      var done = new AtomicBoolean();
      History history = new History(78);
      try (ExecutorService writer = Executors.newVirtualThreadPerTaskExecutor()) {
        var writing =
            writer.submit(
                () -> {
                  while (!done.get() && history.length() < 4000) {
                    other.ledger.append(history.next(20), Instant.now());
                  }
                });
        for (int i = 0; i < 3; i++) {
          assertThat(new ReadModelComparison(other.database, events -> {}).run().first()).isEmpty();
        }
        done.set(true);
        writing.get();
      }
      other.awaitCaughtUp(projections);
      assertThat(new ReadModelComparison(other.database, events -> {}).run())
          .matches(Comparison::ok)
          .matches(comparison -> comparison.behind() == 0);
    }
  }
}
