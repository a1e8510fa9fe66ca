package io.varve.query;

import static io.varve.query.QueryFixture.NOW;
import static io.varve.query.QueryFixture.caller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.Json;
import io.varve.events.kri.Colour;
import io.varve.events.kri.Direction;
import io.varve.events.kri.Kri;
import io.varve.events.kri.KriId;
import io.varve.events.kri.Observation;
import io.varve.events.kri.ObservationId;
import io.varve.events.rule.InvalidException;
import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceId;
import io.varve.query.kri.ColouredKri;
import io.varve.query.kri.Kris;
import io.varve.query.kri.SeriesPoint;
import io.varve.query.kri.SeriesQuery;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KrisTest {

  @AutoClose private final QueryFixture fixture = new QueryFixture();
  private final UUID tenant = UUID.randomUUID();

  @Test
  void aValueOlderThanTwiceItsSourcesScheduleIsStaleWhenAsked() {
    for (Schedule schedule : Schedule.values()) {
      SourceId source = source(schedule);
      UUID fresh = kri(source, NOW.minus(schedule.freshFor()));
      UUID old = kri(source, NOW.minus(schedule.freshFor()).minusMillis(1));
      UUID without = kri(source, null);
      assertThat(find(fresh).stale()).isFalse();
      assertThat(find(old).stale()).isTrue();
      assertThat(find(old).colour()).isEqualTo(Colour.RED);
      assertThat(find(without).colour()).isEqualTo(Colour.GREY);
      String from = source.value().toString();
      assertThat(ids("stale", "true", from)).containsExactly(old);
      assertThat(ids("stale", "false", from)).containsExactlyInAnyOrder(fresh, without);
      assertThat(ids("colour", "grey", from)).containsExactly(without);
    }
  }

  @Test
  void aSeriesIsPagedInTheOrderOfObservation() {
    UUID kri = UUID.randomUUID();
    for (int i = 0; i < 20; i++) {
      observe(kri, NOW.minus(Duration.ofHours(i / 2)), i);
    }
    for (boolean newest : new boolean[] {false, true}) {
      List<Instant> times = series(kri, new SeriesQuery(null, null, newest, 3, null));
      assertThat(times).hasSize(20);
      assertThat(newest ? times.reversed() : times).isSorted();
    }
    Instant from = NOW.minus(Duration.ofHours(4));
    assertThat(series(kri, new SeriesQuery(from, NOW, false, 100, null))).hasSize(8).contains(from);
  }

  @Test
  void aCursorOfAnotherSeriesIsRefused() {
    UUID kri = UUID.randomUUID();
    observe(kri, NOW, 1);
    observe(kri, NOW, 2);
    var first = new SeriesQuery(null, null, true, 1, null);
    String cursor = fixture.queries.kriSeries().list(caller(tenant), kri, first).next();
    var second = new SeriesQuery(null, null, true, 1, cursor);
    assertThat(fixture.queries.kriSeries().list(caller(tenant), kri, second).items()).hasSize(1);
    assertThatThrownBy(
            () -> fixture.queries.kriSeries().list(caller(tenant), UUID.randomUUID(), second))
        .isInstanceOf(InvalidException.class);
    assertThatThrownBy(
            () -> fixture.queries.kriSeries().list(caller(UUID.randomUUID()), kri, second))
        .isInstanceOf(InvalidException.class);
  }

  private SourceId source(Schedule schedule) {
    var source =
        new Source(
            new SourceId(fixture.id()),
            "Scanner",
            Source.Kind.MANUAL,
            null,
            null,
            Source.Auth.NONE,
            null,
            schedule,
            Config.empty(),
            Source.Activity.ACTIVE);
    fixture.put(tenant, source, 1);
    return source.id();
  }

  private UUID kri(SourceId source, @Nullable Instant observed) {
    UUID id = fixture.id();
    Observation current =
        observed == null
            ? null
            : new Observation(
                new ObservationId(UUID.randomUUID()), BigDecimal.TEN, observed, source, null, null);
    var kri =
        new Kri(
            new KriId(id),
            "k" + id.hashCode(),
            "K",
            "",
            "",
            source,
            BigDecimal.ONE,
            BigDecimal.TEN,
            Direction.HIGHER_IS_WORSE,
            new TreeSet<>(),
            null,
            current,
            0);
    fixture.write(
        tenant,
        """
        insert into read.kri (tenant_id, id, sequence, number, position, created, at, doc, colour, observed_at)
        values (?, ?, 0, 0, 0, now(), now(), cast(? as jsonb), ?,
                (select cast(d #>> '{current,observedAt}' as timestamptz) from cast(? as jsonb) d))
        """,
        tenant,
        id,
        Json.write(kri),
        observed == null ? 1 : 3,
        Json.write(kri));
    return id;
  }

  private void observe(UUID kri, Instant at, int value) {
    fixture.write(
        tenant,
        "insert into read.kri_observation values (?, ?, ?, ?, ?, ?, null, null, 1, now())",
        tenant,
        kri,
        Timestamp.from(at),
        UUID.randomUUID(),
        new BigDecimal(value),
        UUID.randomUUID());
  }

  private ColouredKri find(UUID id) {
    return fixture.queries.documents().get(caller(tenant), Kris.LISTING, id);
  }

  private List<UUID> ids(String filter, String value, String source) {
    ListRequest request = ListRequest.FIRST.filteredBy(filter, value).filteredBy("source", source);
    return fixture.queries.documents().list(caller(tenant), Kris.LISTING, request).items().stream()
        .map(kri -> kri.kri().id())
        .toList();
  }

  private List<Instant> series(UUID kri, SeriesQuery query) {
    var times = new ArrayList<Instant>();
    String cursor = null;
    do {
      var part =
          new SeriesQuery(query.from(), query.to(), query.newestFirst(), query.limit(), cursor);
      Page<SeriesPoint> page = fixture.queries.kriSeries().list(caller(tenant), kri, part);
      page.items().forEach(point -> times.add(point.observation().observedAt()));
      cursor = page.next();
    } while (cursor != null);
    return times;
  }
}
