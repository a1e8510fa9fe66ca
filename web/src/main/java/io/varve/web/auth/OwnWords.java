package io.varve.web.auth;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What everybody knows of somebody, and would try as a password. */
final class OwnWords {

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}]+");

  private OwnWords() {}

  /** Whether a password is made of somebody's own words, and of no letter besides. */
  static boolean make(String password, Collection<String> own) {
    String rest = folded(password);
    String all = rest;
    List<String> words =
        own.stream()
            .flatMap(text -> Stream.concat(Stream.of(text), BETWEEN_WORDS.splitAsStream(text)))
            .map(OwnWords::folded)
            .filter(word -> word.length() > 1)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    for (String word : words) {
      rest = rest.replace(word, "");
    }
    return rest.isEmpty() && !all.isEmpty();
  }

  /** Only the letters. */
  private static String folded(String text) {
    return BETWEEN_WORDS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
  }
}
