package io.varve.web.identity;

import io.varve.events.access.Role;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param name absent once it was erased
 * @param email absent once it was erased
 * @param roles of the tenant's own making, groups aside
 * @param hasPassword whether the user can sign in with one
 * @param hasSecondFactor whether a code is needed besides
 * @param mfaRequired whether a second factor is required of this user, even where nobody else must
 *     have one
 */
record UserView(
    UserId id,
    long version,
    Instant created,
    Instant updated,
    UUID home,
    @Nullable String name,
    @Nullable String email,
    Role role,
    SortedSet<RoleId> roles,
    boolean hasPassword,
    boolean hasSecondFactor,
    boolean mfaRequired,
    User.Status status)
    implements Versioned {

  static UserView of(Document<User> document, Map<Personal, String> opened) {
    User user = document.state();
    return new UserView(
        user.id(),
        document.sequence(),
        document.created(),
        document.at(),
        user.home(),
        opened.get(user.name()),
        opened.get(user.email()),
        user.role(),
        user.roles(),
        user.credential() != null,
        user.totp() != null,
        user.mfaRequired(),
        user.status());
  }
}
