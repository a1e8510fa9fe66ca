package io.varve.events.identity;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.access.Role;
import io.varve.events.personal.Personal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can happen to a user. */
public sealed interface UserEvent extends TenantEvent {

  /**
   * Somebody may use Varve from now on, as soon as there is a credential.
   *
   * @param home the platform, organization or tenant that the user belongs to
   * @param emailHash of the address, under a key of the platform
   * @param credential where the vault keeps the password's hash; null for one who is only invited
   */
  @EventType("user.registered")
  record UserRegistered(
      UserId id,
      UUID home,
      Personal name,
      Personal email,
      String emailHash,
      Role role,
      @Nullable UUID credential)
      implements UserEvent {}

  @EventType("user.renamed")
  record UserRenamed(Personal name) implements UserEvent {}

  @EventType("user.email-changed")
  record UserEmailChanged(Personal email, String emailHash) implements UserEvent {}

  @EventType("user.role-assigned")
  record UserRoleAssigned(Role role) implements UserEvent {}

  /**
   * The user has a new password.
   *
   * @param credential where the vault keeps its hash: a new id for each password
   */
  @EventType("user.password-set")
  record UserPasswordSet(UUID credential) implements UserEvent {}

  @EventType("user.disabled")
  record UserDisabled() implements UserEvent {}

  @EventType("user.enabled")
  record UserEnabled() implements UserEvent {}
}
