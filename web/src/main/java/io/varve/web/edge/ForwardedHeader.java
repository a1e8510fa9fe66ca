package io.varve.web.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a proxy tells whom it speaks for. */
enum ForwardedHeader {
  /** {@code X-Forwarded-For} and {@code X-Forwarded-Proto}. */
  X_FORWARDED_FOR {
    @Override
    List<String> hops(HttpServletRequest request) {
      return elements(request, "X-Forwarded-For");
    }

    @Override
    List<String> protocols(HttpServletRequest request) {
      return elements(request, "X-Forwarded-Proto");
    }
  },
  /** RFC 7239. */
  FORWARDED {
    @Override
    List<String> hops(HttpServletRequest request) {
      // An element without "for" is a hop all the same, of which nothing is known.
      return elements(request, "Forwarded").stream().map(e -> parameter(FOR, e)).toList();
    }

    @Override
    List<String> protocols(HttpServletRequest request) {
      return elements(request, "Forwarded").stream()
          .map(e -> parameter(PROTO, e))
          .filter(protocol -> !protocol.isEmpty())
          .toList();
    }
  };

  private static final Pattern FOR = named("for");
  private static final Pattern PROTO = named("proto");

  /** The hops as written, the one that the client is said to be first. */
  abstract List<String> hops(HttpServletRequest request);

  abstract List<String> protocols(HttpServletRequest request);

  private static List<String> elements(HttpServletRequest request, String header) {
    var elements = new ArrayList<String>();
    for (String line : Collections.list(request.getHeaders(header))) {
      for (String element : line.split(",")) {
        elements.add(element.strip());
      }
    }
    return elements;
  }

  private static Pattern named(String parameter) {
    return Pattern.compile(
        "(?:^|;)\\s*" + parameter + "=\"?([^\";]*)\"?\\s*(?:;|$)", Pattern.CASE_INSENSITIVE);
  }

  private static String parameter(Pattern named, String element) {
    Matcher found = named.matcher(element);
    return found.find() ? found.group(1) : "";
  }
}
