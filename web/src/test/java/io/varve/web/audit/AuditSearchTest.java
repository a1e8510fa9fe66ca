package io.varve.web.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import io.varve.postgres.testing.TestLedger;
import io.varve.projections.Projections;
import io.varve.projections.Projections.Part;
import io.varve.projections.Settings;
import io.varve.query.QuerySide;
import io.varve.query.audit.AuditEntry;
import io.varve.query.audit.AuditFilter;
import io.varve.query.audit.AuditPage;
import io.varve.query.audit.AuditQuery;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The index, its writer and the search, against looking at every event. */
@Timeout(180)
class AuditSearchTest {

  @AutoClose private final TestDatabase test = TestDatabase.migrated();
  @AutoClose private final Database database = new Database(test.login(), 8);
  private final TestLedger ledger = new TestLedger(database);
  private final QuerySide queries = new QuerySide(database, Clock.systemUTC(), new byte[32]);
  private final Random random = new Random(7);
  private final Trail trail = new Trail(1);
  private final Trail other = new Trail(2);

  @Test
  void eachFilterAndEachTwoAndSomeThreeFindWhatLookingAtEveryEventFinds() {
    append(3000);
    index(8);
    assertEveryFilterIsRight(true);
  }

  @Test
  void whatTheIndexDoesNotHoldIsFoundAllTheSame() {
    append(1300);
    index(8);
    append(900);
    assertEveryFilterIsRight(false);
  }

  @Test
  void withoutAnIndexNothingIsMissingHoweverLongTheTrailIs() {
    append(9000);
    for (boolean newest : new boolean[] {true, false}) {
      for (int filter = 0; filter < Trail.FILTERS; filter++) {
        AuditFilter asked = trail.random(of(filter));
        assertThat(pages(trail.tenant, asked, newest, 50)).isEqualTo(expected(asked, newest));
      }
    }
  }

  @Test
  void pagingSkipsAndRepeatsNothingWhileEventsArriveAndAreIndexed() throws Exception {
    append(1500);
    var done = new AtomicBoolean();
    // Whoever reads on from the oldest would never get to the end of what never ends.
    try (var executor = Executors.newVirtualThreadPerTaskExecutor();
        Projections indexing = indexing(1)) {
      indexing.start();
      var writer =
          executor.submit(
              () -> {
                while (!done.get() && trail.size() < 6000) {
                  append(60);
                }
              });
      for (int round = 0; round < 12; round++) {
        boolean newest = round % 2 == 0;
        AuditFilter asked = trail.random(of(2 + round % 9));
        List<Long> before = expected(asked, newest);
        List<Long> found = pages(trail.tenant, asked, newest, 29);
        List<Long> after = expected(asked, newest);
        assertThat(found).doesNotHaveDuplicates().containsAll(before);
        assertThat(after).containsSubsequence(found);
      }
      done.set(true);
      writer.get();
    }
  }

  @Test
  void anIndexIsTheSameHoweverItsWritingWasCutAndRepeated() throws Exception {
    append(700);
    index(1);
    append(2500);
    index(1);
    List<String> inParts = rows();
    Sql.run(test.superuser(), "update ops.token set token = '0'");
    index(2);
    assertThat(rows()).isEqualTo(inParts);
    Sql.run(
        test.superuser(),
        "truncate read.audit_index, read.audit_progress; update ops.token set token = '0'");
    index(128);
    assertThat(rows()).isEqualTo(inParts).hasSizeGreaterThan(100);
  }

  @Test
  void emptyingTheReadModelsLeavesTheIndexAlone() throws Exception {
    append(200);
    index(8);
    List<String> before = rows();
    Sql.run(test.superuser(), "call ops.empty_read_models()");
    assertThat(rows()).isEqualTo(before).isNotEmpty();
    append(100);
    index(8);
    assertEveryFilterIsRight(true);
  }

  @Test
  void aTotalIsExactWithOneTermOrNoneAndNearWithSeveral() {
    append(6000);
    index(128);
    for (int filter = 0; filter < 10; filter++) {
      AuditFilter asked = trail.random(of(filter));
      AuditPage<AuditEntry> page = search(trail.tenant, asked, true, 5, null);
      assertThat(page.totalIsExact()).isTrue();
      assertThat(page.total()).isEqualTo(trail.matching(asked).size());
    }
    AuditFilter several = trail.random(of(2, 9));
    long real = trail.matching(several).size();
    AuditPage<AuditEntry> page = search(trail.tenant, several, false, 5, null);
    assertThat(page.total()).isBetween(real / 2, real * 2);
    assertThat(search(trail.tenant, several, false, 5, page.next()).total())
        .isEqualTo(page.total());
  }

  private void assertEveryFilterIsRight(boolean indexed) {
    for (int one = 0; one < Trail.FILTERS; one++) {
      for (int two = one; two < Trail.FILTERS; two++) {
        AuditFilter asked =
            one % 3 == 0
                ? trail.random(of(one, two, random.nextInt(Trail.FILTERS)))
                : trail.random(of(one, two));
        boolean newest = random.nextBoolean();
        assertThat(pages(trail.tenant, asked, newest, 1 + random.nextInt(199)))
            .as("%s, newest first: %s, indexed: %s", asked, newest, indexed)
            .isEqualTo(expected(asked, newest));
        assertThat(pages(other.tenant, asked, newest, 200))
            .isEqualTo(expectedOfOther(asked, newest));
      }
    }
  }

  private List<Long> expected(AuditFilter asked, boolean newest) {
    List<Long> numbers = trail.matching(asked);
    return newest ? numbers.reversed() : numbers;
  }

  private List<Long> expectedOfOther(AuditFilter asked, boolean newest) {
    List<Long> numbers = other.matching(asked);
    return newest ? numbers.reversed() : numbers;
  }

  /** In both tenants, taking turns. */
  private void append(int events) {
    for (int left = events; left > 0; left -= 100) {
      trail.append(ledger, Math.min(left, 100));
      other.append(ledger, Math.min(left, 100) / 2);
    }
  }

  private void index(int blocks) {
    try (Projections indexing = indexing(blocks)) {
      indexing.start();
      await()
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> progress() == trail.size());
    }
  }

  private Projections indexing(int blocks) {
    return new Projections(
        database,
        Clock.systemUTC(),
        new Settings(2, 2, 2, blocks, Duration.ofSeconds(3)),
        "indexer",
        Set.of(Part.AUDIT_INDEX),
        moved -> {});
  }

  private long progress() {
    return database
        .queryOne(
            Scope.query(trail.tenant),
            "select number from read.audit_progress",
            (statement, first) -> {},
            row -> row.getLong(1))
        .orElse(0L);
  }

  private List<String> rows() {
    return database.query(
        Scope.projector(),
        "select cast(a as text) from read.audit_index a order by 1",
        (statement, first) -> {},
        row -> row.getString(1));
  }

  private List<Long> pages(UUID tenant, AuditFilter asked, boolean newest, int limit) {
    var numbers = new ArrayList<Long>();
    String cursor = null;
    do {
      AuditPage<AuditEntry> page = search(tenant, asked, newest, limit, cursor);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      page.items().forEach(entry -> numbers.add(entry.number()));
      cursor = page.next();
    } while (cursor != null);
    return numbers;
  }

  private AuditPage<AuditEntry> search(
      UUID tenant, AuditFilter asked, boolean newest, int limit, @Nullable String cursor) {
    var caller = Caller.of(tenant, Actor.user(tenant), Set.of(Permission.AUDIT_READ), Via.API);
    return queries.auditTrail().search(caller, new AuditQuery(asked, newest, limit, cursor));
  }

  private static boolean[] of(int... filters) {
    var asked = new boolean[Trail.FILTERS];
    for (int filter : filters) {
      asked[filter] = true;
    }
    return asked;
  }
}
