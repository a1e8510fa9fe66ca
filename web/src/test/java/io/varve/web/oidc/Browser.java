package io.varve.web.oidc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Goes where it is sent, and keeps each host's cookies. */
final class Browser {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Map<String, Map<String, String>> cookies = new HashMap<>();

  /** Asks for a page, and tells where that sends the browser. */
  URI get(URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Cookie", cookies(address)).build();
    try {
      HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
      response.headers().allValues("Set-Cookie").forEach(cookie -> keep(address, cookie));
      return address.resolve(
          response
              .headers()
              .firstValue("Location")
              .orElseThrow(() -> new AssertionError(response + ": " + response.body())));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /**
   * Follows redirections up to the first one to an address of a kind, which it does not ask for.
   */
  URI follow(URI start, Predicate<URI> end) {
    URI next = get(start);
    while (!end.test(next)) {
      next = get(next);
    }
    return next;
  }

  /** The header for a host, with all that it has set. */
  String cookies(URI address) {
    return of(address).entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  /** Takes cookies over, as somebody would who has copied them. */
  void copy(Browser other) {
    other.cookies.forEach((host, theirs) -> cookies.put(host, new HashMap<>(theirs)));
  }

  void keep(URI address, String header) {
    String[] pair = header.substring(0, header.indexOf(';')).split("=", 2);
    if (pair[1].isEmpty()) {
      of(address).remove(pair[0]);
    } else {
      of(address).put(pair[0], pair[1]);
    }
  }

  private Map<String, String> of(URI address) {
    return cookies.computeIfAbsent(address.getAuthority(), host -> new HashMap<>());
  }
}
