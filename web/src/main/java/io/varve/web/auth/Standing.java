package io.varve.web.auth;

import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.ImpersonationId;
import io.varve.events.provenance.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What whoever sends a request is and may do at this moment, whatever the token that it came with
 * said when it was made.
 *
 * @param home the platform, organization, tenant or carrier that the actor belongs to
 * @param impersonation by which the impersonator acts as the actor; null for one who is himself
 * @param subject the person whose address the request comes from
 * @param session the sign-in that the request belongs to; null for a key
 * @param verifiedAt when the second factor was given last; null if it was not
 * @param owesSecondFactor whether one is required, and was not given yet
 */
public record Standing(
    UUID home,
    Role.Scope scope,
    Actor actor,
    @Nullable Actor impersonator,
    @Nullable ImpersonationId impersonation,
    UUID subject,
    Set<Permission> permissions,
    @Nullable UUID session,
    @Nullable Instant verifiedAt,
    boolean owesSecondFactor) {

  private static final String ATTRIBUTE = Standing.class.getName();
  private static final String NOW = ATTRIBUTE + ".now";

  public Standing {
    permissions = Set.copyOf(permissions);
  }

  /**
   * @throws IllegalStateException for a request of which nobody knows who sent it
   */
  public static Standing of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Standing standing) {
      return standing;
    }
    throw new IllegalStateException("nobody is signed in");
  }

  /**
   * What whoever sent a request is and may do by now: for requests that are answered for so long
   * that this may have changed. To be asked by the request's own thread.
   *
   * @throws AuthRefusal if the token, the session or the key is over
   */
  public static Standing now(HttpServletRequest request) {
    if (request.getAttribute(NOW) instanceof Supplier<?> now
        && now.get() instanceof Standing standing) {
      return standing;
    }
    throw new IllegalStateException("nobody is signed in");
  }

  /**
   * @param now finds out anew
   */
  void setOn(HttpServletRequest request, Supplier<Standing> now) {
    request.setAttribute(ATTRIBUTE, this);
    request.setAttribute(NOW, now);
  }

  /** Whether the second factor was given since a moment. */
  public boolean isVerifiedSince(Instant moment) {
    return verifiedAt != null && !verifiedAt.isBefore(moment);
  }
}
