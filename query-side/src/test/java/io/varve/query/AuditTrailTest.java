package io.varve.query;

import static io.varve.query.QueryFixture.caller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.risk.RiskEvent.RiskClosed;
import io.varve.events.risk.RiskEvent.RiskReassessed;
import io.varve.events.risk.RiskEvent.RiskReopened;
import io.varve.events.rule.InvalidException;
import io.varve.postgres.testing.TestLedger;
import io.varve.postgres.testing.TestLedger.Fact;
import io.varve.query.audit.AuditEntry;
import io.varve.query.audit.AuditFilter;
import io.varve.query.audit.AuditPage;
import io.varve.query.audit.AuditQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditTrailTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  @AutoClose private final QueryFixture fixture = new QueryFixture();
  private final UUID tenant = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();
  private final UUID one = UUID.randomUUID();
  private final UUID two = UUID.randomUUID();

  /** Thirty events in each tenant, three at a time, a minute between them. */
  @BeforeEach
  void history() {
    for (int i = 0; i < 10; i++) {
      append(tenant, i);
      append(other, i);
    }
  }

  @Test
  void newestOrOldestFirstEveryEventIsSeenOnceWhileOthersAreAppended() {
    List<Long> oldest = page(query(null, null, null, null, null, null, false));
    assertThat(oldest).startsWith(1L, 2L, 3L).isSorted().doesNotHaveDuplicates();
    assertThat(oldest.size()).isGreaterThan(30);
    List<Long> newest = page(query(null, null, null, null, null, null, true));
    assertThat(newest).doesNotHaveDuplicates().endsWith(3L, 2L, 1L);
    assertThat(newest.reversed()).isSorted();
  }

  @Test
  void aTimeRangeIsFromItsBeginningUpToButNotWithItsEnd() {
    for (int from = -1; from <= 10; from++) {
      for (int to = from; to <= 10; to++) {
        long first = Math.max(0, from) * 3L + 1;
        long last = Math.clamp(to, 0, 10) * 3L;
        assertThat(numbers(query(minute(from), minute(to), null, null, null, null, false)))
            .containsExactlyElementsOf(LongStream.rangeClosed(first, last).boxed().toList());
      }
    }
  }

  @Test
  void oneThingOneTypeOneActorOneStream() {
    assertThat(numbers(query(null, null, null, null, one, null, true)))
        .containsExactlyElementsOf(
            LongStream.range(0, 20).mapToObj(i -> 29 - i / 2 * 3 - i % 2).toList());
    assertThat(numbers(query(null, null, null, "risk", null, "risk.closed", false)))
        .hasSize(10)
        .startsWith(2L, 5L);
    assertThat(numbers(query(null, null, TestLedger.ACTOR.id(), null, null, null, false)))
        .hasSize(30);
    assertThat(numbers(query(null, null, UUID.randomUUID(), null, null, null, false))).isEmpty();
    assertThat(numbers(query(null, null, null, "kri", null, null, false))).isEmpty();
  }

  @Test
  void anEntrySaysWhatTheLedgerSays() {
    AuditEntry entry =
        fixture.queries.auditTrail().search(caller(tenant), AuditQuery.NEWEST).items().getFirst();
    assertThat(entry.number()).isEqualTo(30);
    assertThat(entry.id()).isEqualTo(two);
    assertThat(entry.sequence()).isEqualTo(9);
    assertThat(entry.type()).isEqualTo("risk.reassessed");
    assertThat(entry.payload().get("likelihood").intValue()).isEqualTo(2);
    assertThat(entry.provenance().actor()).isEqualTo(TestLedger.ACTOR);
    assertThat(entry.at()).isEqualTo(minute(9));
  }

  @Test
  void aCursorOfAnotherTenantOrSearchIsRefused() {
    AuditQuery query = query(null, null, null, null, null, null, true);
    String cursor = fixture.queries.auditTrail().search(caller(tenant), query).next();
    assertThat(cursor).isNotNull();
    assertThatThrownBy(() -> search(other, query, cursor)).isInstanceOf(InvalidException.class);
    AuditQuery oldest = query(null, null, null, null, null, null, false);
    assertThatThrownBy(() -> search(tenant, oldest, cursor)).isInstanceOf(InvalidException.class);
  }

  private void append(UUID in, int i) {
    fixture.ledger.append(
        List.of(
            new Fact(in, one, 2L * i, new RiskReopened()),
            new Fact(in, one, 2L * i + 1, new RiskClosed()),
            new Fact(in, two, i, new RiskReassessed(2, 3))),
        minute(i));
  }

  private static Instant minute(int minute) {
    return START.plusSeconds(60L * minute);
  }

  private static AuditQuery query(
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable UUID actor,
      @Nullable String stream,
      @Nullable UUID id,
      @Nullable String type,
      boolean newestFirst) {
    return new AuditQuery(
        new AuditFilter(from, to, actor, null, stream, id, type, null, null, null, null),
        newestFirst,
        7,
        null);
  }

  /** All pages, with more events between them. */
  private List<Long> page(AuditQuery query) {
    return numbers(query, true);
  }

  private List<Long> numbers(AuditQuery query) {
    return numbers(query, false);
  }

  private List<Long> numbers(AuditQuery query, boolean appending) {
    var numbers = new ArrayList<Long>();
    String cursor = null;
    int page = 0;
    do {
      AuditPage<AuditEntry> found = search(tenant, query, cursor);
      found.items().forEach(entry -> numbers.add(entry.number()));
      cursor = found.next();
      if (appending && page++ < 2) {
        int later = 10 + (query.newestFirst() ? 20 : 0) + page;
        append(tenant, later);
      }
    } while (cursor != null);
    return numbers;
  }

  private AuditPage<AuditEntry> search(UUID as, AuditQuery q, @Nullable String cursor) {
    return fixture
        .queries
        .auditTrail()
        .search(caller(as), new AuditQuery(q.filter(), q.newestFirst(), q.limit(), cursor));
  }
}
