package io.varve.web.limit;

import io.varve.web.http.Fault;
import io.varve.web.http.FaultException;
import io.varve.web.limit.RateLimits.Standing;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * Tells a client where it stands: {@code RateLimit-Limit}, {@code RateLimit-Remaining} and {@code
 * RateLimit-Reset} (seconds), as in the drafts of the IETF up to the sixth and as clients know
 * them. The later drafts' {@code RateLimit} has changed its form from one to the next.
 */
final class LimitHeaders {

  private static final String LIMIT = "RateLimit-Limit";
  private static final String REMAINING = "RateLimit-Remaining";
  private static final String RESET = "RateLimit-Reset";

  private LimitHeaders() {}

  /** Of several limits a client is told the one that it will meet first. */
  static void write(HttpServletResponse response, Standing standing) {
    String told = response.getHeader(REMAINING);
    if (told != null && standing.granted() && Long.parseLong(told) <= standing.remaining()) {
      return;
    }
    response.setHeader(LIMIT, Integer.toString(standing.limit().requests()));
    response.setHeader(REMAINING, Long.toString(standing.remaining()));
    response.setHeader(RESET, Long.toString(seconds(standing.reset())));
  }

  static FaultException refusal(Standing standing) {
    return new FaultException(
        Fault.TOO_MANY_REQUESTS, Fault.TOO_MANY_REQUESTS.sentence(), standing.reset());
  }

  private static long seconds(Duration duration) {
    return duration.plusNanos(999_999_999).toSeconds();
  }
}
