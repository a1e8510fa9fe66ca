package io.varve.events.audit;

import io.varve.events.personal.Personal;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The words of texts, in the one form in which they are compared: NFKC, without case. A word is a
 * run of letters, marks and digits; each ideograph is one, as nothing separates those; so is an
 * identifier. A moment is none: events are found by time in another way.
 */
public final class Words {

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<![\\p{L}\\p{M}\\p{N}])\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}"
              + "(?![\\p{L}\\p{M}\\p{N}])"
              + "|\\p{IsIdeographic}|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsIdeographic}]]+");

  private static final Pattern MOMENT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?Z");

  private Words() {}

  /** Each word once, in the order of the text. */
  public static Set<String> of(String text) {
    var words = new LinkedHashSet<String>();
    split(text, words::add);
    return words;
  }

  /** The words of every text in a value. What is sealed has none. */
  static void in(@Nullable JsonNode value, Consumer<String> words) {
    if (value == null) {
      return;
    }
    if (value.isString()) {
      String text = value.stringValue();
      if (!Personal.isPersonal(text) && !MOMENT.matcher(text).matches()) {
        split(text, words);
      }
    }
    value.forEach(part -> in(part, words));
  }

  private static void split(String text, Consumer<String> words) {
    Matcher token = TOKEN.matcher(folded(text));
    while (token.find()) {
      words.accept(token.group());
    }
  }

  /** Upper case first, so that "ß" is "ss" and every sigma the same. */
  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}
