package io.varve.postgres.backup;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A WAL segment of 16 MiB.
 *
 * @param number among all of the server's, whatever the timeline
 */
record Segment(int timeline, long number) {

  static final int SIZE = 16 << 20;

  /** How many there are in each four gigabytes, which the middle of a name counts. */
  private static final int PER_ID = 256;

  private static final Pattern NAME =
      Pattern.compile("([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})(\\.[0-9A-F]{8}\\.backup)?");

  /** The segment of that name, or that the history file of a base backup belongs to. */
  static Optional<Segment> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new Segment(
                Integer.parseUnsignedInt(matcher.group(1), 16),
                Long.parseLong(matcher.group(2), 16) * PER_ID
                    + Long.parseLong(matcher.group(3), 16)))
        : Optional.empty();
  }

  /** The segment that a place in the WAL is in, as in {@code 1/2A000028}. */
  static Segment at(int timeline, String lsn) {
    return new Segment(timeline, place(lsn) / SIZE);
  }

  /** The segment that ends at a place, or that the place is in. */
  static Segment before(int timeline, String lsn) {
    return new Segment(timeline, (place(lsn) - 1) / SIZE);
  }

  private static long place(String lsn) {
    String[] halves = lsn.split("/", 2);
    return (Long.parseLong(halves[0], 16) << 32) + Long.parseLong(halves[1], 16);
  }

  String name() {
    return "%08X%08X%08X".formatted(timeline, number / PER_ID, number % PER_ID);
  }
}
