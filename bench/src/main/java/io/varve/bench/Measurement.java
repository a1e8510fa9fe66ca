package io.varve.bench;

import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param ours the median of our rounds
 * @param peer the median of the peer's; null where the target is for our value itself
 * @param target null where the line is there for information only
 */
public record Measurement(
    String name, double ours, @Nullable Double peer, String unit, @Nullable Target target) {

  public @Nullable Double ratio() {
    return peer == null ? null : ours / peer;
  }

  /** Whether the target is met; a line without one cannot miss it. */
  public boolean met() {
    Double ratio = ratio();
    return target == null || target.isMetBy(ratio == null ? ours : ratio);
  }
}
