package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.personal.Personal;
import java.util.function.Consumer;

/** Finds the sealed personal texts in stored JSON, without reading it as JSON. */
public final class SealedTexts {

  private static final byte[] BEGIN = "\"personal:1:".getBytes(UTF_8);
  private static final int[] SKIP = new int[256];

  static {
    // Horspool's table: how far to go on when that byte stands under the pattern's last.
    for (int i = 0; i < SKIP.length; i++) {
      SKIP[i] = BEGIN.length;
    }
    for (int i = 0; i < BEGIN.length - 1; i++) {
      SKIP[BEGIN[i]] = BEGIN.length - 1 - i;
    }
  }

  private SealedTexts() {}

  /** How many there are. */
  static int count(byte[] json) {
    int count = 0;
    for (int at = next(json, 0); at >= 0; at = next(json, at + BEGIN.length)) {
      count++;
    }
    return count;
  }

  /**
   * Each of them, as often as it is there.
   *
   * @throws IllegalArgumentException if one is not of its form
   */
  public static void in(byte[] json, Consumer<Personal> each) {
    for (int at = next(json, 0); at >= 0; at = next(json, at + BEGIN.length)) {
      int end = at + 1;
      while (end < json.length && json[end] != '"') {
        end++;
      }
      each.accept(Personal.parse(new String(json, at + 1, end - at - 1, UTF_8)));
    }
  }

  private static int next(byte[] json, int from) {
    int last = BEGIN.length - 1;
    int at = from + last;
    while (at < json.length) {
      int matched = last;
      while (matched >= 0 && json[at - last + matched] == BEGIN[matched]) {
        matched--;
      }
      if (matched < 0) {
        return at - last;
      }
      at += SKIP[json[at] & 0xFF];
    }
    return -1;
  }
}
