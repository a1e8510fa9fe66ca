package io.varve.web.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/**
 * The demo's year: from a Monday to the time it is laid down.
 *
 * @param first its first day
 * @param end the last instant at which something may have happened
 */
record Year(LocalDate first, Instant end) {

  private static final int DAYS = 361;
  private static final int WORKDAYS = 5;
  private static final LocalTime OPENS = LocalTime.of(8, 30);
  private static final Duration OPEN = Duration.ofHours(9);

  /** The year that has just gone by. */
  static Year before(Instant now) {
    LocalDate monday =
        LocalDate.ofInstant(now, ZoneOffset.UTC)
            .minusDays(DAYS)
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    return new Year(monday, now);
  }

  /** How many days it has begun. */
  int days() {
    return (int) (LocalDate.ofInstant(end, ZoneOffset.UTC).toEpochDay() - first.toEpochDay()) + 1;
  }

  Instant at(int day, LocalTime time) {
    return first.plusDays(day).atTime(time).toInstant(ZoneOffset.UTC);
  }

  /** Some time in the office on that day, or on the Monday after. */
  Instant inTheOffice(int day, Dice dice) {
    return at(workday(day), OPENS)
        .plusSeconds(dice.roll((int) OPEN.toSeconds()))
        .plusMillis(dice.roll(1_000));
  }

  static boolean isWeekend(int day) {
    return day % 7 >= WORKDAYS;
  }

  static int workday(int day) {
    return isWeekend(day) ? day + 7 - day % 7 : day;
  }
}
