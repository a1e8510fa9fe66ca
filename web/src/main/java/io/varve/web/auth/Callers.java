package io.varve.web.auth;

import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.personal.Personal;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.events.rule.Rules;
import io.varve.postgres.vault.Vault;
import io.varve.web.edge.ClientAddress;
import io.varve.web.http.Fault;
import io.varve.web.http.FaultException;
import io.varve.web.http.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** The one place that makes a caller: from a verified token, and from nothing else. */
public final class Callers {

  private static final String REASON = "Varve-Reason";
  private static final int MAX_REASON = 500;

  private final Vault vault;

  public Callers(Vault vault) {
    this.vault = vault;
  }

  /** Whoever a verified token names, in the tenant that it names. */
  Caller of(Jwt token, HttpServletRequest request) {
    return of(Tokens.tenant(token), Tokens.user(token), Tokens.role(token).permissions(), request);
  }

  /** The first operator, who sets up a platform that has no users yet. */
  Caller operator(UUID platform, UUID operator, HttpServletRequest request) {
    return of(platform, operator, Set.of(Permission.PLATFORM_WRITE), request);
  }

  /**
   * The same caller, acting within another tenant. Whoever asks has made sure that the caller's
   * reach covers it.
   */
  public Caller within(Caller caller, UUID tenant) {
    if (caller.tenant().equals(tenant)) {
      return caller;
    }
    Caller moved = caller.within(tenant, caller.permissions(), caller.grants());
    return new Caller(
        tenant,
        moved.actor(),
        moved.impersonator(),
        moved.permissions(),
        moved.grants(),
        moved.via(),
        moved.reason(),
        moved.request(),
        moved.trace(),
        sealedAgain(caller, tenant));
  }

  /** What is sealed is bound to its tenant. */
  private @Nullable Personal sealedAgain(Caller caller, UUID tenant) {
    return caller.ip() == null
        ? null
        : vault
            .open(caller.tenant(), caller.ip())
            .map(ip -> vault.seal(tenant, caller.actor().id(), ip))
            .orElse(null);
  }

  private Caller of(
      UUID tenant, UUID user, Set<Permission> permissions, HttpServletRequest request) {
    return new Caller(
        tenant,
        Actor.user(user),
        null,
        permissions,
        permissions,
        Via.API,
        reason(request),
        RequestIds.of(request),
        RequestIds.traceOf(request),
        mayWrite(request) ? vault.seal(tenant, user, ClientAddress.of(request).text()) : null);
  }

  /** Only an event says from where it came: a read needs no encryption. */
  private static boolean mayWrite(HttpServletRequest request) {
    return switch (request.getMethod()) {
      case "GET", "HEAD", "OPTIONS" -> false;
      default -> true;
    };
  }

  private static @Nullable String reason(HttpServletRequest request) {
    String header = request.getHeader(REASON);
    if (header == null) {
      return null;
    }
    String reason = decode(header);
    var rules = new Rules();
    rules.line("/", reason, MAX_REASON);
    if (!rules.violations().isEmpty()) {
      throw malformed();
    }
    return reason;
  }

  private static String decode(String header) {
    try {
      return URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static FaultException malformed() {
    return new FaultException(
        Fault.MALFORMED_REQUEST,
        REASON + " must be one line of at most " + MAX_REASON + " characters, percent-encoded.");
  }
}
