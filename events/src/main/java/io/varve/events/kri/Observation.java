package io.varve.events.kri;

import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import io.varve.events.source.SourceId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that a KRI had.
 *
 * @param value in the KRI's unit
 * @param observedAt when it was so, to the microsecond; when it was told is the time of the event
 * @param source where it came from
 * @param note what the observer remarked
 * @param noteAddress the address of the note's author
 */
public record Observation(
    ObservationId id,
    BigDecimal value,
    Instant observedAt,
    SourceId source,
    @Nullable String note,
    @Nullable Personal noteAddress) {

  public static final int MAX_NOTE = 2_000;

  /** Nothing was measured before this: the start of the Unix epoch. */
  public static final Instant EARLIEST = Instant.EPOCH;

  /**
   * Reports what no observation may be: a time that is still to come, before all others.
   *
   * @param now the time of asking, as a state alone cannot tell the future from the past
   */
  public void check(Rules rules, Instant now) {
    check(rules, "");
    checkTime(rules, "", observedAt, now);
  }

  /** Reports a time that is still to come. */
  public static void checkTime(Rules rules, String pointer, Instant observedAt, Instant now) {
    rules.hold(
        !observedAt.isAfter(now),
        pointer + "/observedAt",
        "in-the-future",
        "must not be in the future");
  }

  void check(Rules rules, String pointer) {
    check(rules, pointer, value, observedAt, note, noteAddress);
  }

  /**
   * Reports what is wrong with the fields of an observation, wherever they stand.
   *
   * @param pointer where, as a prefix of each field's JSON pointer
   */
  public static void check(
      Rules rules,
      String pointer,
      @Nullable BigDecimal value,
      @Nullable Instant observedAt,
      @Nullable String note,
      @Nullable Personal noteAddress) {
    rules
        .decimal(pointer + "/value", value)
        .required(pointer + "/observedAt", observedAt)
        .hold(
            observedAt == null || !observedAt.isBefore(EARLIEST),
            pointer + "/observedAt",
            "out-of-range",
            "must not be before " + EARLIEST)
        .hold(
            noteAddress == null || note != null,
            pointer + "/noteAddress",
            "without-note",
            "has no note to be the address of");
    if (note != null) {
      rules.prose(pointer + "/note", note, MAX_NOTE);
    }
  }
}
