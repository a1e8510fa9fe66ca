package io.varve.evidence.bundle;

/** What a bundle says, made fit to be printed: of one line, of plain characters, and not long. */
final class Shown {

  private static final int LONGEST = 80;

  private Shown() {}

  static String text(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7E]", "?");
    return '"' + (plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...") + '"';
  }
}
