package io.varve.events.hold;

import io.varve.events.catalog.Streams;
import io.varve.events.rule.Rules;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events a hold keeps: all of the tenant, or those that every part of this lets in. A part
 * that is left empty lets all in; where all parts are, nothing is kept but what is about a
 * custodian.
 *
 * @param wholeTenant whether all is kept; nothing else is said then
 * @param streams kinds of streams, by name
 * @param ids of single streams
 * @param subjects people whom an event has to be about
 * @param from the first moment that is kept, cut to the microsecond
 * @param to the first moment that is kept no more, cut to the microsecond
 */
public record HoldScope(
    boolean wholeTenant,
    SortedSet<String> streams,
    SortedSet<UUID> ids,
    SortedSet<UUID> subjects,
    @Nullable Instant from,
    @Nullable Instant to) {

  public static final int MAX_ENTRIES = 200;

  public HoldScope {
    streams = Collections.unmodifiableSortedSet(new TreeSet<>(streams));
    ids = Collections.unmodifiableSortedSet(new TreeSet<>(ids));
    subjects = Collections.unmodifiableSortedSet(new TreeSet<>(subjects));
    from = from == null ? null : from.truncatedTo(ChronoUnit.MICROS);
    to = to == null ? null : to.truncatedTo(ChronoUnit.MICROS);
  }

  /** Everything that a tenant has and will have. */
  public static HoldScope ofTenant() {
    return new HoldScope(true, new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), null, null);
  }

  /** Whether any of its parts picks events out. */
  public boolean selects() {
    return !streams.isEmpty()
        || !ids.isEmpty()
        || !subjects.isEmpty()
        || from != null
        || to != null;
  }

  /** Whether all that another scope keeps is kept by this one, too. */
  public boolean includes(HoldScope other) {
    if (wholeTenant) {
      return true;
    }
    if (other.wholeTenant) {
      return false;
    }
    if (!selects() || !other.selects()) {
      return !other.selects();
    }
    return lets(streams, other.streams)
        && lets(ids, other.ids)
        && lets(subjects, other.subjects)
        && (from == null || (other.from != null && !from.isAfter(other.from)))
        && (to == null || (other.to != null && !to.isBefore(other.to)));
  }

  void check(Rules rules) {
    rules
        .size("/scope/streams", streams, MAX_ENTRIES)
        .size("/scope/ids", ids, MAX_ENTRIES)
        .size("/scope/subjects", subjects, MAX_ENTRIES)
        .hold(
            !wholeTenant || !selects(),
            "/scope/wholeTenant",
            "contradictory",
            "keeps everything, so nothing else is to be said")
        .hold(
            from == null || to == null || from.isBefore(to),
            "/scope/to",
            "out-of-range",
            "must be after the beginning");
    streams.forEach(
        name ->
            rules.hold(
                Streams.named(name).isPresent(),
                "/scope/streams",
                "no-such-stream",
                "names no kind of stream"));
  }

  private static boolean lets(Set<?> mine, Set<?> others) {
    return mine.isEmpty() || (!others.isEmpty() && mine.containsAll(others));
  }
}
