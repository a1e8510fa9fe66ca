package io.varve.projections.seal.sink;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One signed note, under the name that it has outside: names sort as the notes followed each other.
 *
 * @param number its place among those of its kind, from 1
 * @param name with slashes between folders
 * @param note the note's text
 */
public record Sealed(long number, String name, String note) {

  static final String CHECKPOINTS = "checkpoints/";

  /** A day's folder, with nineteen digits in it: no number is longer. */
  static final Pattern CHECKPOINT = Pattern.compile("([0-9]{19})\\.txt");

  /** A checkpoint of the log; they are too many for one folder. */
  public static Sealed checkpoint(long number, Instant at, String note) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    return new Sealed(
        number, String.format(Locale.ROOT, "%s%s/%019d.txt", CHECKPOINTS, day, number), note);
  }

  /** What a key was introduced with. */
  public static Sealed key(int version, String note) {
    return new Sealed(version, String.format(Locale.ROOT, "keys/%010d.txt", version), note);
  }

  /** A checkpoint as it is found outside. */
  static Sealed found(String name, String note) {
    Matcher file = CHECKPOINT.matcher(name.substring(name.lastIndexOf('/') + 1));
    if (!file.matches()) {
      throw new IllegalArgumentException("no checkpoint has the name " + name);
    }
    return new Sealed(Long.parseLong(file.group(1)), name, note);
  }
}
