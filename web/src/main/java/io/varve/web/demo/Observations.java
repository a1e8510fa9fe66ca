package io.varve.web.demo;

import io.varve.command.kri.ObserveKri;
import io.varve.events.access.Permission;
import io.varve.events.kri.KriId;
import io.varve.events.kri.ObservationId;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.web.demo.Act.By;
import io.varve.web.demo.Story.KriUse;
import io.varve.web.demo.Story.Measure;
import io.varve.web.demo.Story.SourceText;
import io.varve.web.demo.Story.Spike;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The values that a source delivers through the year. As in life some never come, some come days
 * late, and some are told again by somebody who knows better.
 */
final class Observations {

  private static final int NEVER = 12;
  private static final int LATE = 18;
  private static final int CORRECTED = 4;
  private static final int SOME_MINUTES = 900;
  private static final int MANUAL_DAYS = 30;
  private static final BigDecimal BETTER = new BigDecimal("0.97");

  private final Client client;

  Observations(Client client) {
    this.client = client;
  }

  /** One KRI: what it is asked for, and where its values come from. */
  private record Line(KriId id, Measure measure, KriUse use, SourceText source, Dice dice) {}

  void of(KriId id, String slug, Measure measure, KriUse use) {
    SourceText source =
        client.story().sources().stream()
            .filter(text -> text.key().equals(use.source()))
            .findFirst()
            .orElseThrow();
    Dice dice = client.dice("kri/" + slug);
    var line = new Line(id, measure, use, source, dice);
    var series = new Series(measure, use, client.year().days(), dice);
    int last = use.until() == null ? client.year().days() - 1 : use.until();
    int first = use.day() == null ? client.story().day() + 3 : Year.workday(use.day()) + 1;
    switch (source.schedule()) {
      case HOURLY -> hourly(line, series, first, last);
      case DAILY -> regularly(line, series, first, last, 1);
      case WEEKLY -> regularly(line, series, first, last, 7);
      case MANUAL -> byHand(line, series, first, last);
    }
    for (Spike spike : use.spikes()) {
      remark(line, series, spike);
    }
  }

  private void hourly(Line line, Series series, int first, int last) {
    for (int hour = first * 24; hour < (last + 1) * 24; hour++) {
      Instant at = client.year().at(hour / 24, line.source().time().withHour(hour % 24));
      deliver(line, at, at.minusSeconds(1 + line.dice().roll(60)), series.next(hour / 24.0));
    }
  }

  private void regularly(Line line, Series series, int first, int last, int every) {
    for (int day = first; day <= last; day += every) {
      BigDecimal value = series.next(day);
      Instant due = client.year().at(day, line.source().time());
      Instant observed = due.minusSeconds(1 + line.dice().roll(SOME_MINUTES));
      if (line.dice().permille(NEVER)) {
        continue;
      }
      int late = line.dice().permille(LATE) ? 1 + line.dice().roll(3) : 0;
      deliver(line, due.plus(Duration.ofDays(late)), observed, value);
      if (line.dice().permille(CORRECTED)) {
        correct(line, day, observed, value);
      }
    }
  }

  private void byHand(Line line, Series series, int first, int last) {
    for (int day = first; day <= last; day += MANUAL_DAYS - 2 + line.dice().roll(5)) {
      Instant at = client.year().inTheOffice(day, line.dice());
      Instant observed = at.minus(Duration.ofHours(1 + line.dice().roll(60)));
      tell(line, at, observed, series.next(day), client.analyst(), "Monthly reporting", null);
    }
  }

  private void correct(Line line, int day, Instant observed, BigDecimal value) {
    tell(
        line,
        client.year().inTheOffice(day + 1, line.dice()),
        observed,
        value.multiply(BETTER).setScale(line.measure().decimals(), RoundingMode.HALF_UP),
        client.analyst(),
        "Correction",
        "Counted again without hosts that were taken out of service.");
  }

  /** What somebody noted during an incident. */
  private void remark(Line line, Series series, Spike spike) {
    if (spike.note() == null || spike.by() == null) {
      return;
    }
    Instant at = client.year().at(spike.day(), LocalTime.of(15, line.dice().roll(60)));
    tell(
        line,
        at,
        at.minusSeconds(60 + line.dice().roll(SOME_MINUTES)),
        series.next(spike.day()),
        spike.by(),
        "Incident",
        spike.note());
  }

  private void deliver(Line line, Instant at, Instant observed, BigDecimal value) {
    var source = new By(connector(line), Set.of(Permission.OBSERVATION_WRITE), null);
    var id = new ObservationId(line.dice().id(at));
    client.act(
        at,
        source,
        Via.CONNECTOR,
        null,
        () -> new ObserveKri(line.id(), id, value, observed, null, null, null));
  }

  private void tell(
      Line line,
      Instant at,
      Instant observed,
      BigDecimal value,
      String by,
      String reason,
      @Nullable String note) {
    var id = new ObservationId(line.dice().id(at));
    client.act(
        at,
        by,
        reason,
        () ->
            new ObserveKri(
                line.id(),
                id,
                value,
                observed,
                null,
                note,
                note == null ? null : client.addressOf(by)));
  }

  private Actor connector(Line line) {
    UUID source = client.thing(line.source().key());
    return new Actor(Actor.Kind.CONNECTOR, source);
  }
}
