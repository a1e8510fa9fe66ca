package io.varve.web.auth;

import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.key.ApiKey;
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
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one place that makes a caller: from a verified token, and from nothing else. */
public final class Callers {

  private static final String REASON = "Varve-Reason";
  private static final int MAX_REASON = 500;

  private final Vault vault;

  /** How a request came about. */
  public static final class Circumstances {
    private final Via via;
    private final @Nullable String reason;
    private final @Nullable String request;
    private final @Nullable String trace;
    private final String address;

    private Circumstances(
        Via via,
        @Nullable String reason,
        @Nullable String request,
        @Nullable String trace,
        String address) {
      this.via = via;
      this.reason = reason;
      this.request = request;
      this.trace = trace;
      this.address = address;
    }
  }

  public Callers(Vault vault) {
    this.vault = vault;
  }

  /** Varve itself, which writes down what it sees and may do nothing else. */
  public static Caller varve(UUID tenant) {
    return Caller.of(tenant, Actor.system(tenant), Set.of(Permission.SECURITY_NOTE), Via.SYSTEM);
  }

  /** Varve itself, which does what two people want erased. */
  public static Caller eraser(UUID tenant) {
    return Caller.of(tenant, Actor.system(tenant), Set.of(Permission.ERASURE_EXECUTE), Via.SYSTEM);
  }

  /** Varve itself, which makes what was asked for and lets it go. */
  public static Caller exporter(UUID tenant) {
    return Caller.of(tenant, Actor.system(tenant), Set.of(Permission.EXPORT_EXECUTE), Via.SYSTEM);
  }

  /** Whoever a request comes from, within their own home. */
  Caller of(Standing standing, HttpServletRequest request) {
    return caller(
        standing.home(),
        standing.actor(),
        standing.impersonator(),
        standing.subject(),
        standing.permissions(),
        circumstances(request),
        mayWrite(request));
  }

  /** The first operator, who sets up a platform that has no users yet. */
  Caller operator(UUID platform, UUID operator, HttpServletRequest request) {
    return user(platform, operator, Set.of(Permission.PLATFORM_WRITE), request);
  }

  /** A user of whom Varve itself notes something, such as that the user has signed in. */
  public Caller noting(UUID home, UUID user, HttpServletRequest request) {
    return user(home, user, Set.of(Permission.SECURITY_NOTE), request);
  }

  /** An API key of which Varve itself notes something, such as that it is used after its end. */
  Caller noting(UUID home, ApiKey key, HttpServletRequest request) {
    return caller(
        home,
        Actor.apiKey(key.id().value()),
        null,
        key.maker().value(),
        Set.of(Permission.SECURITY_NOTE),
        circumstances(request),
        true);
  }

  /** The same, behind the back of the request that gave rise to it. */
  public Caller noting(UUID home, UUID user, Circumstances circumstances) {
    return caller(
        home, Actor.user(user), null, user, Set.of(Permission.SECURITY_NOTE), circumstances, true);
  }

  /** A user who has shown to be itself by other means than a token, so far as those go. */
  public Caller owner(UUID home, UUID user, HttpServletRequest request) {
    return user(home, user, Set.of(Permission.ACCOUNT_WRITE), request);
  }

  /** What a request says of how it came about, for as long as it takes and longer. */
  public Circumstances circumstances(HttpServletRequest request) {
    return new Circumstances(
        via(request),
        reason(request),
        RequestIds.of(request),
        RequestIds.traceOf(request),
        ClientAddress.of(request).text());
  }

  /** The same caller, of whom Varve itself notes something. */
  public Caller noting(Caller caller) {
    return caller.within(caller.tenant(), Set.of(Permission.SECURITY_NOTE), Set.of());
  }

  /**
   * The same caller, acting within a home that it governs, where it may appoint whoever is there.
   * Whoever asks has made sure that the caller's reach covers it.
   */
  public Caller governing(Caller caller, UUID home, Role.Scope scope) {
    Set<Permission> grants = EnumSet.copyOf(Role.all(scope));
    grants.addAll(caller.permissions());
    Caller moved = caller.within(home, caller.permissions(), grants);
    return new Caller(
        home,
        moved.actor(),
        moved.impersonator(),
        moved.permissions(),
        moved.grants(),
        moved.via(),
        moved.reason(),
        moved.request(),
        moved.trace(),
        sealedAgain(caller, home));
  }

  /** What is sealed is bound to its tenant. */
  private @Nullable Personal sealedAgain(Caller caller, UUID tenant) {
    Personal sealed = caller.ip();
    return sealed == null
        ? null
        : vault
            .open(caller.tenant(), sealed)
            .map(ip -> vault.seal(tenant, sealed.subject(), ip))
            .orElse(null);
  }

  private Caller user(
      UUID home, UUID user, Set<Permission> permissions, HttpServletRequest request) {
    return caller(home, Actor.user(user), null, user, permissions, circumstances(request), true);
  }

  private Caller caller(
      UUID home,
      Actor actor,
      @Nullable Actor impersonator,
      UUID subject,
      Set<Permission> permissions,
      Circumstances circumstances,
      boolean writes) {
    return new Caller(
        home,
        actor,
        impersonator,
        permissions,
        permissions,
        circumstances.via,
        circumstances.reason,
        circumstances.request,
        circumstances.trace,
        writes ? vault.seal(home, subject, circumstances.address) : null);
  }

  /** Browsers say of their own accord that a page of ours asks; no page can say it for them. */
  private static Via via(HttpServletRequest request) {
    return "same-origin".equals(request.getHeader("Sec-Fetch-Site")) ? Via.UI : Via.API;
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
