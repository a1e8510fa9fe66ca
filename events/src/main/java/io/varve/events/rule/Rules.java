package io.varve.events.rule;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong, so that an answer names every wrong field and not just the first.
 *
 * <p>The same rules stand at the edge, on a command's fields, and behind it, on the state that a
 * decision would lead to. Each takes the JSON pointer of the value that it is about.
 */
public final class Rules {

  /** Slugs of KRIs and controls. */
  public static final Pattern SLUG = Pattern.compile("[a-z0-9_]{1,64}");

  /** The most digits before and after the point that a measured decimal may have. */
  public static final int MAX_DECIMAL_DIGITS = 20;

  private final List<Violation> violations = new ArrayList<>();

  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  /**
   * @throws InvalidException if any rule was broken
   */
  public void enforce() {
    if (!violations.isEmpty()) {
      throw new InvalidException(violations());
    }
  }

  /** Any rule that has no form of its own here. */
  public Rules hold(boolean holds, String pointer, String code, String message) {
    if (!holds) {
      violations.add(new Violation(pointer, code, message));
    }
    return this;
  }

  /** The value must be there. */
  public Rules required(String pointer, @Nullable Object value) {
    return hold(value != null, pointer, "required", "is required");
  }

  /** One line of text of 1 to {@code max} characters, not blank. */
  public Rules line(String pointer, @Nullable String text, int max) {
    if (text == null) {
      return required(pointer, null);
    }
    hold(!text.isBlank(), pointer, "blank", "must not be blank");
    return characters(pointer, text, max, false);
  }

  /** One line of text of up to {@code max} characters that may be empty or absent. */
  public Rules optionalLine(String pointer, @Nullable String text, int max) {
    return text == null ? this : characters(pointer, text, max, false);
  }

  /** Text of up to {@code max} characters, which may be empty and may have line breaks and tabs. */
  public Rules prose(String pointer, @Nullable String text, int max) {
    return text == null ? required(pointer, null) : characters(pointer, text, max, true);
  }

  public Rules slug(String pointer, @Nullable String slug) {
    if (slug == null) {
      return required(pointer, null);
    }
    return hold(
        SLUG.matcher(slug).matches(),
        pointer,
        "not-a-slug",
        "must be 1 to 64 of the characters a-z, 0-9 and _");
  }

  /** Text of a form that {@code message} describes to a person. */
  public Rules matches(String pointer, @Nullable String text, Pattern form, String message) {
    if (text == null) {
      return required(pointer, null);
    }
    return hold(form.matcher(text).matches(), pointer, "malformed", message);
  }

  /** An absolute http(s) URL with a host and, as anybody may read it, no user or password. */
  public Rules httpUrl(String pointer, @Nullable String url, int max) {
    line(pointer, url, max);
    return hold(
        url == null || isHttpUrl(url),
        pointer,
        "not-a-url",
        "must be an http or https URL without a user or password");
  }

  public Rules range(String pointer, long value, long min, long max) {
    return hold(
        value >= min && value <= max,
        pointer,
        "out-of-range",
        "must be from " + min + " to " + max);
  }

  public Rules range(String pointer, @Nullable BigDecimal value, BigDecimal min, BigDecimal max) {
    if (value == null) {
      return required(pointer, null);
    }
    decimal(pointer, value);
    return hold(
        value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
        pointer,
        "out-of-range",
        "must be from " + min + " to " + max);
  }

  /** A decimal that the database can hold exactly. */
  public Rules decimal(String pointer, @Nullable BigDecimal value) {
    if (value == null) {
      return required(pointer, null);
    }
    return hold(
        value.scale() <= MAX_DECIMAL_DIGITS
            && (long) value.precision() - value.scale() <= MAX_DECIMAL_DIGITS,
        pointer,
        "too-precise",
        "must have at most " + MAX_DECIMAL_DIGITS + " digits before and after the point");
  }

  /** A collection of at most {@code max} elements, none of them null. */
  public Rules size(String pointer, @Nullable Collection<?> values, int max) {
    if (values == null) {
      return required(pointer, null);
    }
    return hold(values.size() <= max, pointer, "too-many", "must have at most " + max + " entries");
  }

  private static boolean isHttpUrl(String text) {
    try {
      URI url = new URI(text);
      return url.getScheme() != null
          && url.getScheme().matches("(?i)https?")
          && url.getHost() != null
          && url.getRawUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private Rules characters(String pointer, String text, int max, boolean manyLines) {
    hold(
        text.length() <= max || text.codePointCount(0, text.length()) <= max,
        pointer,
        "too-long",
        "must have at most " + max + " characters");
    return hold(
        !hasForbidden(text, manyLines),
        pointer,
        "control-character",
        "must not contain control characters");
  }

  private static boolean hasForbidden(String text, boolean manyLines) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      boolean plain = c >= ' ' && c < 0x7F;
      if (!plain && forbidden(c, manyLines)) {
        return true;
      }
      i += Character.charCount(c);
    }
    return false;
  }

  /** Control characters, lone surrogates, and the marks that reorder or hide what follows them. */
  private static boolean forbidden(int c, boolean manyLines) {
    if (manyLines && (c == '\n' || c == '\t' || c == '\r')) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> c != 0x200D && c != 0x200C && c != 0x00AD;
      default -> false;
    };
  }
}
