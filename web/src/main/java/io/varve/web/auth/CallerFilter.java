package io.varve.web.auth;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Binds the caller for the length of a request; nothing else ever does. */
final class CallerFilter extends OncePerRequestFilter {

  private final Callers callers;
  private final Standings standings;

  CallerFilter(Callers callers, Standings standings) {
    this.callers = callers;
    this.standings = standings;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!(SecurityContextHolder.getContext().getAuthentication()
        instanceof JwtAuthenticationToken verified)) {
      chain.doFilter(request, response);
      return;
    }
    Standing standing = standings.of(Tokens.claims(verified.getToken()));
    standing.setOn(request);
    try {
      callers
          .of(standing, request)
          .bind(
              () -> {
                chain.doFilter(request, response);
                return true;
              });
    } catch (ServletException | IOException | RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new ServletException(failure);
    }
  }
}
