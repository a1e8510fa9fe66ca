package io.varve.command.identity;

import io.varve.events.access.Role;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The rules of the fields that registering and revising a user share. */
final class UserFields {

  private UserFields() {}

  static void check(
      Rules rules,
      UserId id,
      @Nullable Personal name,
      @Nullable Personal email,
      @Nullable String emailHash,
      @Nullable Role role,
      @Nullable SortedSet<RoleId> roles) {
    rules
        .required("/name", name)
        .required("/email", email)
        .required("/email", emailHash)
        .required("/role", role)
        .size("/roles", roles, User.MAX_ROLES)
        .hold(
            role == null || role.scope() == Role.Scope.TENANT || roles == null || roles.isEmpty(),
            "/roles",
            "not-of-a-tenant",
            "must be empty for a user who is in no tenant")
        .hold(
            name == null || name.subject().equals(id.value()),
            "/name",
            "not-own",
            "must be the user's own")
        .hold(
            email == null || email.subject().equals(id.value()),
            "/email",
            "not-own",
            "must be the user's own");
  }
}
