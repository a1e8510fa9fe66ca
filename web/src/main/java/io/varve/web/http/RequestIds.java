package io.varve.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request an id, which its answer, its log lines and its events carry, and is the last
 * place where a failure becomes a problem document.
 */
public final class RequestIds extends OncePerRequestFilter {

  static final String HEADER = "X-Request-Id";
  private static final String REQUEST = "request";
  private static final String TRACE = "trace";
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{8,64}");

  /** Version, trace id and parent id of W3C Trace Context. */
  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.*");

  private final Problems problems;

  RequestIds(Problems problems) {
    this.problems = problems;
  }

  /** The id of a request: the client's own if that is sane, else one of ours. */
  public static @Nullable String of(HttpServletRequest request) {
    return (String) request.getAttribute(RequestIds.class.getName());
  }

  /** The id of the W3C trace that a request belongs to, if it says so. */
  public static @Nullable String traceOf(HttpServletRequest request) {
    String header = request.getHeader("traceparent");
    if (header == null) {
      return null;
    }
    Matcher traceparent = TRACEPARENT.matcher(header);
    return traceparent.matches() ? traceparent.group(1) : null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
    String id = idFor(request);
    String trace = traceOf(request);
    request.setAttribute(RequestIds.class.getName(), id);
    response.setHeader(HEADER, id);
    MDC.put(REQUEST, id);
    if (trace != null) {
      MDC.put(TRACE, trace);
    }
    try {
      chain.doFilter(request, response);
    } catch (ServletException | IOException | RuntimeException failure) {
      Throwable cause = failure instanceof ServletException ? failure.getCause() : null;
      problems.answer(request, response, cause == null ? failure : cause);
    } finally {
      MDC.remove(REQUEST);
      MDC.remove(TRACE);
    }
  }

  private static String idFor(HttpServletRequest request) {
    String given = request.getHeader(HEADER);
    return given != null && SANE.matcher(given).matches() ? given : Ids.next().toString();
  }
}
