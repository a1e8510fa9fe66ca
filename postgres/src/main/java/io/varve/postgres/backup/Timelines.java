package io.varve.postgres.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which timeline each segment is on. A restored server begins a new one, and writes down where it
 * left the old.
 *
 * @param target the newest
 * @param left the older ones, in order
 */
record Timelines(int target, List<Left> left) {

  /** A timeline and the first segment that is not on it any more. */
  record Left(int timeline, long from) {}

  static Timelines newest(WalArchive archive, int known) throws IOException {
    int newest = known;
    while (archive.has(history(newest + 1))) {
      newest++;
    }
    var left = new ArrayList<Left>();
    if (newest > known) {
      for (String line : archive.read(history(newest)).lines().toList()) {
        String[] parts = line.strip().split("\\s+", 3);
        if (parts.length >= 2 && parts[0].matches("\\d+")) {
          int timeline = Integer.parseInt(parts[0]);
          left.add(new Left(timeline, Segment.at(timeline, parts[1]).number()));
        }
      }
    }
    return new Timelines(newest, left);
  }

  static String history(int timeline) {
    return "%08X.history".formatted(timeline);
  }

  Segment at(long number) {
    return left.stream()
        .filter(old -> number < old.from())
        .findFirst()
        .map(old -> new Segment(old.timeline(), number))
        .orElseGet(() -> new Segment(target, number));
  }
}
