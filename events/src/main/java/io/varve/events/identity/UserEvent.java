package io.varve.events.identity;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.access.Role;
import io.varve.events.personal.Personal;
import java.time.Instant;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can happen to a user. */
public sealed interface UserEvent extends TenantEvent {

  /**
   * Somebody may use Varve from now on, as soon as there is a credential.
   *
   * @param home the platform, organization, tenant or carrier that the user belongs to
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

  /** These are the roles of the tenant's own making that the user has from now on. */
  @EventType("user.roles-granted")
  record UserRolesGranted(SortedSet<RoleId> roles) implements UserEvent {}

  /** Whether the user must have a second factor, even where nobody else must. */
  @EventType("user.mfa-policy-set")
  record UserMfaPolicySet(boolean required) implements UserEvent {}

  /**
   * The user has a new password.
   *
   * @param credential where the vault keeps its hash: a new id for each password
   */
  @EventType("user.password-set")
  record UserPasswordSet(UUID credential) implements UserEvent {}

  /**
   * The user has a device that shows one-time passwords, and has proved it with one.
   *
   * @param totp where the vault keeps the secret that is shared with the device
   */
  @EventType("user.totp-enrolled")
  record UserTotpEnrolled(UUID totp) implements UserEvent {}

  /** The device is the user's second factor no more; recovery codes, which replace it, go too. */
  @EventType("user.totp-removed")
  record UserTotpRemoved() implements UserEvent {}

  /** The user was shown new recovery codes; those from before no longer work. */
  @EventType("user.recovery-codes-issued")
  record UserRecoveryCodesIssued(int count) implements UserEvent {}

  /** The user signed in with a recovery code, which works no more. */
  @EventType("user.recovery-code-used")
  record UserRecoveryCodeUsed() implements UserEvent {}

  /** The user was sent a link by which a password can be set. */
  @EventType("user.link-sent")
  record UserLinkSent(LinkSent.Purpose purpose, Instant until) implements UserEvent {}

  /**
   * The user can sign in through an identity provider.
   *
   * @param provider one that the user's home has registered, or one above it
   * @param subject of the identity there: issuer and subject, as a hash under a key of the platform
   */
  @EventType("user.sign-on-linked")
  record UserSignOnLinked(UUID provider, String subject) implements UserEvent {}

  @EventType("user.sign-on-unlinked")
  record UserSignOnUnlinked(UUID provider) implements UserEvent {}

  /**
   * What a directory that provisions users calls this one; null if none does.
   *
   * @param externalIdHash of the same, under a key of the platform
   */
  @EventType("user.external-id-set")
  record UserExternalIdSet(@Nullable Personal externalId, @Nullable String externalIdHash)
      implements UserEvent {}

  /** The directory that provisions users has this one no more. */
  @EventType("user.deprovisioned")
  record UserDeprovisioned() implements UserEvent {}

  /** Every session of the user is over, for the user or an administrator wanted it so. */
  @EventType("user.sessions-ended")
  record UserSessionsEnded() implements UserEvent {}

  /**
   * What is known of the user was destroyed. The user stays in the trail as an identifier, and is
   * nobody for whom a name, an address, a password or a second factor is known.
   */
  @EventType("user.erased")
  record UserErased() implements UserEvent {}

  @EventType("user.disabled")
  record UserDisabled() implements UserEvent {}

  @EventType("user.enabled")
  record UserEnabled() implements UserEvent {}
}
