package io.varve.web.auth;

import io.varve.web.key.KnownKey;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Binds the caller for the length of a request; nothing else ever does. */
final class CallerFilter extends OncePerRequestFilter {

  private final Callers callers;
  private final Standings standings;
  private final KeyStandings keys;
  private final Clock clock;

  CallerFilter(Callers callers, Standings standings, KeyStandings keys, Clock clock) {
    this.callers = callers;
    this.standings = standings;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Standing standing = standing(request);
    if (standing == null) {
      chain.doFilter(request, response);
      return;
    }
    standing.setOn(request, this::now);
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

  private @Nullable Standing standing(HttpServletRequest request) {
    return switch (SecurityContextHolder.getContext().getAuthentication()) {
      case JwtAuthenticationToken token -> standings.of(Tokens.claims(token.getToken()));
      case PreAuthenticatedAuthenticationToken one
          when one.getPrincipal() instanceof KnownKey key ->
          keys.of(key, request);
      case null, default -> null;
    };
  }

  private Standing now() {
    return switch (SecurityContextHolder.getContext().getAuthentication()) {
      case JwtAuthenticationToken token when lasts(token.getToken()) ->
          standings.of(Tokens.claims(token.getToken()));
      case PreAuthenticatedAuthenticationToken one
          when one.getPrincipal() instanceof KnownKey key ->
          keys.still(key);
      case null, default -> throw new AuthRefusal.SessionOver();
    };
  }

  private boolean lasts(Jwt token) {
    Instant expires = token.getExpiresAt();
    return expires != null && clock.instant().isBefore(expires);
  }
}
