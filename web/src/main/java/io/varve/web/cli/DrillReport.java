package io.varve.web.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a drill has shown.
 *
 * @param failure why it failed; null where all was well
 * @param backup when the base backup was made
 * @param archived when the newest WAL was handed over
 * @param lastTransaction of what was restored, and {@code lastEvent} of the ledger in it
 * @param position the ledger's last
 */
record DrillReport(
    boolean ok,
    @Nullable String failure,
    Instant at,
    @Nullable Instant backup,
    @Nullable Instant archived,
    @Nullable Instant lastTransaction,
    @Nullable Instant lastEvent,
    long position,
    long events,
    long streams,
    List<String> differences,
    List<Step> steps) {

  /** Something that was done, and how long it took. */
  record Step(String step, long millis) {}

  String text() {
    var lines = new ArrayList<String>();
    age(lines, "Base backup", backup);
    age(lines, "Newest WAL", archived);
    age(lines, "Last transaction", lastTransaction);
    age(lines, "Last event", lastEvent);
    for (Step step : steps) {
      lines.add("%-26s %8.1f s".formatted(step.step(), step.millis() / 1000.0));
    }
    differences.forEach(difference -> lines.add("Differs: " + difference));
    lines.add(
        failure == null
            ? "The drill went well: %d events and %d streams are as they should be, up to position %d."
                .formatted(events, streams, position)
            : "The drill failed: " + failure);
    return String.join("\n", lines) + "\n";
  }

  private void age(List<String> lines, String what, @Nullable Instant then) {
    if (then != null) {
      lines.add("%-26s %s, %s old".formatted(what, then, text(Duration.between(then, at))));
    }
  }

  private static String text(Duration age) {
    return age.toDays() > 1
        ? age.toDays() + " days"
        : age.toHours() > 1
            ? age.toHours() + " h"
            : age.toMinutes() > 1 ? age.toMinutes() + " min" : age.toSeconds() + " s";
  }
}
