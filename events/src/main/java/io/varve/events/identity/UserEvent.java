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
  @EventType(value = "user.registered", says = "registered the user {it}")
  record UserRegistered(
      UserId id,
      UUID home,
      Personal name,
      Personal email,
      String emailHash,
      Role role,
      @Nullable UUID credential)
      implements UserEvent {}

  @EventType(value = "user.renamed", says = "renamed the user {it}")
  record UserRenamed(Personal name) implements UserEvent {}

  @EventType(value = "user.email-changed", says = "changed the e-mail address of the user {it}")
  record UserEmailChanged(Personal email, String emailHash) implements UserEvent {}

  @EventType(value = "user.role-assigned", says = "gave the user {it} another role")
  record UserRoleAssigned(Role role) implements UserEvent {}

  /** These are the roles of the tenant's own making that the user has from now on. */
  @EventType(value = "user.roles-granted", says = "changed the roles of the user {it}")
  record UserRolesGranted(SortedSet<RoleId> roles) implements UserEvent {}

  /** Whether the user must have a second factor, even where nobody else must. */
  @EventType(
      value = "user.mfa-policy-set",
      says = "changed whether the user {it} must have a second factor")
  record UserMfaPolicySet(boolean required) implements UserEvent {}

  /**
   * The user has a new password.
   *
   * @param credential where the vault keeps its hash: a new id for each password
   */
  @EventType(value = "user.password-set", says = "set the password of the user {it}")
  record UserPasswordSet(UUID credential) implements UserEvent {}

  /**
   * The user has a device that shows one-time passwords, and has proved it with one.
   *
   * @param totp where the vault keeps the secret that is shared with the device
   */
  @EventType(
      value = "user.totp-enrolled",
      says = "enrolled a device as the second factor of the user {it}")
  record UserTotpEnrolled(UUID totp) implements UserEvent {}

  /** The device is the user's second factor no more; recovery codes, which replace it, go too. */
  @EventType(value = "user.totp-removed", says = "removed the second factor of the user {it}")
  record UserTotpRemoved() implements UserEvent {}

  /** The user was shown new recovery codes; those from before no longer work. */
  @EventType(
      value = "user.recovery-codes-issued",
      says = "had recovery codes issued to the user {it}")
  record UserRecoveryCodesIssued(int count) implements UserEvent {}

  /** The user signed in with a recovery code, which works no more. */
  @EventType(value = "user.recovery-code-used", says = "used up a recovery code of the user {it}")
  record UserRecoveryCodeUsed() implements UserEvent {}

  /** The user was sent a link by which a password can be set. */
  @EventType(
      value = "user.link-sent",
      says = "had a link sent to the user {it} by which a password can be set")
  record UserLinkSent(LinkSent.Purpose purpose, Instant until) implements UserEvent {}

  /**
   * The user can sign in through an identity provider.
   *
   * @param provider one that the user's home has registered, or one above it
   * @param subject of the identity there: issuer and subject, as a hash under a key of the platform
   */
  @EventType(value = "user.sign-on-linked", says = "linked the user {it} to an identity provider")
  record UserSignOnLinked(UUID provider, String subject) implements UserEvent {}

  @EventType(
      value = "user.sign-on-unlinked",
      says = "unlinked the user {it} from an identity provider")
  record UserSignOnUnlinked(UUID provider) implements UserEvent {}

  /**
   * What a directory that provisions users calls this one; null if none does.
   *
   * @param externalIdHash of the same, under a key of the platform
   */
  @EventType(value = "user.external-id-set", says = "set what the directory calls the user {it}")
  record UserExternalIdSet(@Nullable Personal externalId, @Nullable String externalIdHash)
      implements UserEvent {}

  /** The directory that provisions users has this one no more. */
  @EventType(value = "user.deprovisioned", says = "removed the user {it} from the directory")
  record UserDeprovisioned() implements UserEvent {}

  /** Every session of the user is over, for the user or an administrator wanted it so. */
  @EventType(value = "user.sessions-ended", says = "ended all sessions of the user {it}")
  record UserSessionsEnded() implements UserEvent {}

  /**
   * What is known of the user was destroyed. The user stays in the trail as an identifier, and is
   * nobody for whom a name, an address, a password or a second factor is known.
   */
  @EventType(value = "user.erased", says = "erased the user {it}")
  record UserErased() implements UserEvent {}

  @EventType(value = "user.disabled", says = "disabled the user {it}")
  record UserDisabled() implements UserEvent {}

  @EventType(value = "user.enabled", says = "enabled the user {it}")
  record UserEnabled() implements UserEvent {}
}
