package io.varve.web.auth;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/**
 * The cookie that keeps a browser signed in. No script reads it, no other site has it sent, and
 * what rests on it asks for a header besides, which no form can set.
 */
final class RefreshCookie {

  private static final String NAME = "varve-refresh";
  private static final String PATH = "/api/auth";
  private static final String CSRF = "Varve-Csrf";

  private RefreshCookie() {}

  static String holding(String token, Duration life) {
    return cookie(token, life);
  }

  static String gone() {
    return cookie("", Duration.ZERO);
  }

  /**
   * The token that a request's cookie holds, if there is one.
   *
   * @throws AuthRefusal.CrossSite if the request was made by another site, or could have been
   */
  static Optional<String> of(HttpServletRequest request) {
    if (request.getHeader(CSRF) == null || !isSameOrigin(request)) {
      throw new AuthRefusal.CrossSite();
    }
    return Stream.ofNullable(request.getCookies())
        .flatMap(Stream::of)
        .filter(cookie -> cookie.getName().equals(NAME))
        .map(Cookie::getValue)
        .findFirst();
  }

  /** A browser tells where a request comes from; what tells nothing is none. */
  private static boolean isSameOrigin(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    return (site == null || site.equals("same-origin"))
        && (origin == null || isOwn(origin, request));
  }

  private static boolean isOwn(String origin, HttpServletRequest request) {
    try {
      URI from = URI.create(origin);
      return request.getScheme().equalsIgnoreCase(from.getScheme())
          && request.getServerName().equalsIgnoreCase(from.getHost())
          && request.getServerPort() == port(from);
    } catch (IllegalArgumentException opaque) {
      return false;
    }
  }

  private static int port(URI from) {
    if (from.getPort() >= 0) {
      return from.getPort();
    }
    return "https".equalsIgnoreCase(from.getScheme()) ? 443 : 80;
  }

  private static String cookie(String value, Duration life) {
    return ResponseCookie.from(NAME, value)
        .path(PATH)
        .maxAge(life)
        .httpOnly(true)
        .secure(true)
        .sameSite("Strict")
        .build()
        .toString();
  }
}
