package io.varve.web.limit;

import io.varve.events.access.Caller;
import io.varve.web.http.Problems;
import io.varve.web.limit.RateLimits.Standing;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** What all callers of one tenant may ask for together, so that no tenant takes all there is. */
final class TenantBudget extends OncePerRequestFilter {

  private final RateLimits limits;
  private final Problems problems;
  private final Limit tenant;

  TenantBudget(RateLimits limits, Problems problems, Limit tenant) {
    this.limits = limits;
    this.problems = problems;
    this.tenant = tenant;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Standing> standing =
        Caller.bound().flatMap(c -> limits.countIfPossible(tenant, c.tenant().toString()));
    standing.ifPresent(known -> LimitHeaders.write(response, known));
    if (standing.isPresent() && !standing.get().granted()) {
      problems.answer(request, response, LimitHeaders.refusal(standing.get()));
      return;
    }
    chain.doFilter(request, response);
  }
}
