package io.varve.web.oidc;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/**
 * The cookie by which the browser that comes back from a provider is known to be the one that was
 * sent there. Its prefix keeps sibling hosts from setting it (RFC 6265bis, section 4.1.3.2); Lax,
 * because it is another site that sends the browser back.
 */
final class BrowserCookie {

  private static final String NAME = "__Host-varve-sign-in";

  private BrowserCookie() {}

  static String holding(String secret, Duration life) {
    return ResponseCookie.from(NAME, secret)
        .path("/")
        .maxAge(life)
        .httpOnly(true)
        .secure(true)
        .sameSite("Lax")
        .build()
        .toString();
  }

  static String gone() {
    return holding("", Duration.ZERO);
  }

  static Optional<String> of(HttpServletRequest request) {
    return Stream.ofNullable(request.getCookies())
        .flatMap(Stream::of)
        .filter(cookie -> cookie.getName().equals(NAME))
        .map(Cookie::getValue)
        .findFirst();
  }
}
