package io.varve.events.access;

import io.varve.events.personal.Personal;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf, in which tenant and by what right something is asked: made once from a verified
 * token, bound for the length of a request, and carried with every message.
 *
 * @param tenant the tenant that is acted in; the platform and each organization are tenants too
 * @param permissions what the caller may do in that tenant
 * @param grants what the caller may give to others there: what it has itself and, for an
 *     administrator within what it governs, what an administrator there has
 * @param ip the client's address, already encrypted as personal data of the actor
 */
public record Caller(
    UUID tenant,
    Actor actor,
    @Nullable Actor impersonator,
    Set<Permission> permissions,
    Set<Permission> grants,
    Via via,
    @Nullable String reason,
    @Nullable String request,
    @Nullable String trace,
    @Nullable Personal ip) {

  private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

  public Caller {
    permissions = Set.copyOf(permissions);
    grants = Set.copyOf(grants);
  }

  /** A caller of whom nothing more is known, who may give what it has. */
  public static Caller of(UUID tenant, Actor actor, Set<Permission> permissions, Via via) {
    return new Caller(tenant, actor, null, permissions, permissions, via, null, null, null, null);
  }

  /**
   * The caller that the current thread works for.
   *
   * @throws IllegalStateException outside a call to {@link #bind}
   */
  public static Caller current() {
    return CURRENT.orElseThrow(() -> new IllegalStateException("no caller is bound here"));
  }

  /** The caller that the current thread works for, if it works for one. */
  public static Optional<Caller> bound() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /**
   * The same caller, acting within another tenant with what it may do there. For a sender that has
   * made sure that the caller's reach covers that tenant: an organization's events are the
   * organization's own, a tenant's its own, a user's those of the user's home. So whoever creates a
   * tenant sends the command within the new tenant.
   *
   * @param permissions what the caller may do in that tenant, none of which carries over by itself
   * @param grants what the caller may give to others there
   */
  public Caller within(UUID tenant, Set<Permission> permissions, Set<Permission> grants) {
    return new Caller(
        tenant, actor, impersonator, permissions, grants, via, reason, request, trace, ip);
  }

  /** The same caller, whose command comes in by another way than the request that carries it. */
  public Caller by(Via way) {
    return new Caller(
        tenant, actor, impersonator, permissions, grants, way, reason, request, trace, ip);
  }

  /** Runs an action with this caller as the current one; it is gone when the action ends. */
  public <T, X extends Throwable> T bind(ScopedValue.CallableOp<T, X> action) throws X {
    return ScopedValue.where(CURRENT, this).call(action);
  }

  /**
   * @throws ForbiddenException if the caller lacks the permission
   */
  public void require(Permission permission) {
    if (!permissions.contains(permission)) {
      throw new ForbiddenException(permission);
    }
  }
}
