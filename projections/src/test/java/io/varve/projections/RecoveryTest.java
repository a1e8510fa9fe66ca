package io.varve.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.events.tenancy.OrganizationId;
import io.varve.events.tenancy.TenancyEvent.TenantCreated;
import io.varve.events.tenancy.Tenant;
import io.varve.events.tenancy.TenantId;
import io.varve.postgres.Scope;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestLedger.Fact;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.Segment;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RecoveryTest {

  @AutoClose private final Fixture fixture = new Fixture();

  @Test
  void aBatchThatRunsASecondTimeChangesNothing() {
    History history = new History(1);
    fixture.ledger.append(history.next(600), Instant.now());
    try (Projections projections = fixture.projections(Fixture.settings(1, 1, 1))) {
      projections.start();
      fixture.awaitCaughtUp(projections);
    }
    List<String> once = fixture.everything();
    rewind();
    try (Projections projections = fixture.projections(Fixture.settings(1, 1, 4))) {
      projections.start();
      fixture.awaitCaughtUp(projections);
      assertThat(fixture.everything()).isEqualTo(once).isNotEmpty();
      fixture.ledger.append(history.next(100), Instant.now());
      fixture.awaitCaughtUp(projections);
      fixture.assertHolds(history);
    }
  }

  @Test
  void anOutageOfTheDatabaseIsSurvived() {
    List<History> histories = LongStream.range(0, 3).mapToObj(History::new).toList();
    try (Projections projections = fixture.projections(Fixture.settings(2, 2, 1))) {
      projections.start();
      histories.forEach(h -> fixture.ledger.append(h.next(1500), Instant.now()));
      fixture.test.shut();
      assertThat(projections.health().ok()).isFalse();
      fixture.test.reopen();
      for (History history : histories) {
        List<Fact> facts = history.next(200);
        // The first tries find connections that the outage has broken.
        await().ignoreExceptions().until(() -> fixture.ledger.append(facts, Instant.now()) > 0);
      }
      fixture.awaitCaughtUp(projections);
      histories.forEach(fixture::assertHolds);
    }
  }

  @Test
  void anEventThatCannotBeProjectedStopsItsTenantAndIsNeverPassedOver() throws SQLException {
    History poisoned = new History(5);
    History other =
        Stream.iterate(6L, seed -> seed + 1)
            .map(History::new)
            .filter(history -> segment(history.tenant) != segment(poisoned.tenant))
            .findFirst()
            .orElseThrow();
    fixture.ledger.append(poisoned.take(), Instant.now());
    Sql.run(
        fixture.test.superuser(),
        """
        update ledger.head set position = position + 1;
        update ledger.counter set number = number + 1;
        insert into ledger.event (position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
                                  actor_kind, actor_id, payload, provenance)
        select position + 1, tenant_id, number + 1, stream, id, sequence + 1, uuidv7(), 'source.not-of-this-version', 1,
               at, actor_kind, actor_id, '{}', provenance
          from ledger.event
        """);
    fixture.ledger.append(poisoned.next(10), Instant.now());
    try (Projections projections = fixture.projections(Fixture.settings(2, 2, 4))) {
      projections.start();
      await().until(() -> !projections.health().ok());
      assertThat(projections.health().error()).contains("not-of-this-version");
      fixture.ledger.append(other.next(100), Instant.now());
      await().until(() -> fixture.progress(other.tenant) == 100);
      fixture.assertHolds(other);
      assertThat(fixture.progress(poisoned.tenant)).isLessThan(2);
      assertThat(projections.health().lag()).isPositive();
      assertThat(projections.health().ok()).isFalse();
    }
  }

  @Test
  void aSegmentIsTheSameInEveryJvm() {
    Segment half = Segment.computeSegment(1, 0, 1);
    assertThat(BlockHandler.belongs(UUID.fromString("0197b0c2-7d2e-7c5a-9d3f-3b1a4e6f7a01"), half))
        .isEqualTo(
            BlockHandler.belongs(UUID.fromString("0197b0c2-7d2e-7c5a-9d3f-3b1a4e6f7a01"), half));
    long tenants =
        LongStream.range(0, 1000)
            .filter(n -> BlockHandler.belongs(new UUID(n << 16, n * 31 + (1L << 63)), half))
            .count();
    assertThat(tenants).isBetween(400L, 600L);
  }

  @Test
  void whatGovernsATenantSeesItAndNobodyElseDoes() {
    var organization = UUID.randomUUID();
    var tenant = UUID.randomUUID();
    var id = new TenantId(tenant);
    fixture.ledger.append(
        new Fact(
            tenant,
            tenant,
            0,
            new TenantCreated(
                id, new OrganizationId(organization), "Harbour", "shipping", Tenant.Size.SMALL)));
    try (Projections projections = fixture.projections(Fixture.settings(2, 2, 4))) {
      projections.start();
      fixture.awaitCaughtUp(projections);
      await().until(() -> fixture.progress(tenant) == 1);
      var stream = Tenant.STREAM;
      assertThat(fixture.documents(tenant, stream)).containsOnlyKeys(tenant);
      assertThat(fixture.documents(organization, stream)).containsOnlyKeys(tenant);
      assertThat(fixture.documents(UUID.randomUUID(), stream)).isEmpty();
    }
  }

  private static boolean segment(UUID tenant) {
    return BlockHandler.belongs(tenant, Segment.computeSegment(1, 0, 1));
  }

  private void rewind() {
    fixture.database.transact(
        Scope.projector(),
        connection ->
            connection.createStatement().executeUpdate("update ops.token set token = '0'"));
  }
}
