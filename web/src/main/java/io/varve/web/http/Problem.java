package io.varve.web.http;

import io.varve.events.rule.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457).
 *
 * @param type stable; {@code GET} it for an explanation
 * @param detail a sentence for a person
 * @param request the id of the request, under which the log has more
 * @param errors each wrong field of the request
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String request,
    @Nullable List<Violation> errors) {

  static final String MEDIA_TYPE = "application/problem+json";
  static final String TYPES = "/problems/";

  static Problem of(
      int status, String code, String detail, @Nullable String request, List<Violation> errors) {
    return new Problem(
        TYPES + code, title(code), status, detail, request, errors.isEmpty() ? null : errors);
  }

  /** A code in words: the title must not vary between two problems of one type. */
  static String title(String code) {
    String words = code.replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
