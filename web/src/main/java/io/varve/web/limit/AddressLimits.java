package io.varve.web.limit;

import io.varve.web.edge.ClientAddress;
import io.varve.web.http.Problems;
import io.varve.web.limit.RateLimits.Standing;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses an address that asks too often, before anything else is done for it. */
final class AddressLimits extends OncePerRequestFilter {

  private static final String LOGIN = "/api/auth/login";
  private static final String AUTH = "/api/auth/";
  private static final List<String> API = List.of("/api/", "/scim/");

  private final RateLimits limits;
  private final Problems problems;
  private final Limit login;
  private final Limit auth;
  private final Limit address;

  AddressLimits(RateLimits limits, Problems problems, Limit login, Limit auth, Limit address) {
    this.limits = limits;
    this.problems = problems;
    this.login = login;
    this.auth = auth;
    this.address = address;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String network = ClientAddress.of(request).network();
    for (Limit limit : limitsOf(request.getServletPath())) {
      Optional<Standing> standing = count(limit, network);
      standing.ifPresent(known -> LimitHeaders.write(response, known));
      if (standing.isPresent() && !standing.get().granted()) {
        problems.answer(request, response, LimitHeaders.refusal(standing.get()));
        return;
      }
    }
    chain.doFilter(request, response);
  }

  /** Nobody signs in without the database, and no guess goes uncounted. */
  private Optional<Standing> count(Limit limit, String network) {
    return limit.equals(login)
        ? Optional.of(limits.count(limit, network))
        : limits.countIfPossible(limit, network);
  }

  /** By the decoded path, which is what finds the handler. */
  private List<Limit> limitsOf(String path) {
    if (path.equals(LOGIN)) {
      return List.of(login, auth);
    }
    if (path.startsWith(AUTH)) {
      return List.of(auth);
    }
    return API.stream().anyMatch(path::startsWith) ? List.of(address) : List.of();
  }
}
