package io.varve.command.identity;

import io.varve.command.Decided;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.StreamDefinition;
import io.varve.events.access.Caller;
import io.varve.events.access.Role;
import io.varve.events.identity.LinkSent;
import io.varve.events.identity.User;
import io.varve.events.identity.UserEvent;
import io.varve.events.identity.UserEvent.UserDeprovisioned;
import io.varve.events.identity.UserEvent.UserDisabled;
import io.varve.events.identity.UserEvent.UserEmailChanged;
import io.varve.events.identity.UserEvent.UserEnabled;
import io.varve.events.identity.UserEvent.UserErased;
import io.varve.events.identity.UserEvent.UserExternalIdSet;
import io.varve.events.identity.UserEvent.UserLinkSent;
import io.varve.events.identity.UserEvent.UserMfaPolicySet;
import io.varve.events.identity.UserEvent.UserPasswordSet;
import io.varve.events.identity.UserEvent.UserRecoveryCodeUsed;
import io.varve.events.identity.UserEvent.UserRecoveryCodesIssued;
import io.varve.events.identity.UserEvent.UserRegistered;
import io.varve.events.identity.UserEvent.UserRenamed;
import io.varve.events.identity.UserEvent.UserRoleAssigned;
import io.varve.events.identity.UserEvent.UserRolesGranted;
import io.varve.events.identity.UserEvent.UserSessionsEnded;
import io.varve.events.identity.UserEvent.UserSignOnLinked;
import io.varve.events.identity.UserEvent.UserSignOnUnlinked;
import io.varve.events.identity.UserEvent.UserTotpEnrolled;
import io.varve.events.identity.UserEvent.UserTotpRemoved;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.events.provenance.Actor;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.Carrier;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.Platform;
import io.varve.events.tenancy.PlatformId;
import io.varve.events.tenancy.Tenant;
import java.util.TreeSet;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one user. */
@AggregateRoot(type = "user")
public final class UserAggregate extends StreamAggregate<User, UserEvent> {

  UserAggregate() {
    super(User.STREAM);
  }

  /** The user that comes with the platform, whose role needs no looking up. */
  public static UserAggregate firstOperator(
      PlatformId platform,
      UserId id,
      Personal name,
      Personal email,
      String emailHash,
      UUID credential) {
    var user = new UserAggregate();
    user.record(
        new UserRegistered(
            id, platform.value(), name, email, emailHash, Role.SUPERADMIN, credential));
    return user;
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided register(RegisterUser command, Links links, Rights rights) {
    UUID home = Caller.current().tenant();
    links.wanted().one("/role", streamOf(command.role().scope()), null, () -> home).require();
    rights.requireActive("/roles", command.roles());
    Rights.requireGrants(command.role().permissions());
    Rights.requireGrants(rights.given(home, command.roles()));
    record(
        new UserRegistered(
            command.id(),
            home,
            command.name(),
            command.email(),
            command.emailHash(),
            command.role(),
            command.credential()));
    record(new UserRolesGranted(command.roles()));
    return decided();
  }

  @CommandHandler
  Decided revise(ReviseUser command, Rights rights) {
    var rules = new Rules();
    rules.hold(
        command.role().scope() == state().role().scope(),
        "/role",
        "other-scope",
        "must be a role where the user belongs");
    rules.enforce();
    var added = new TreeSet<>(command.roles());
    added.removeAll(state().roles());
    rights.requireActive("/roles", added);
    requireGrants(rights);
    Rights.requireGrants(command.role().permissions());
    Rights.requireGrants(rights.given(state().home(), added));
    record(new UserRenamed(command.name()));
    record(new UserEmailChanged(command.email(), command.emailHash()));
    record(new UserRoleAssigned(command.role()));
    record(new UserRolesGranted(command.roles()));
    return decided();
  }

  @CommandHandler
  Decided setMfaPolicy(SetUserMfaPolicy command, Rights rights) {
    requireGrants(rights);
    record(new UserMfaPolicySet(command.required()));
    return decided();
  }

  @CommandHandler
  Decided setPassword(SetPassword command, Rights rights) {
    requireGrants(rights);
    record(new UserPasswordSet(command.credential()));
    return decided();
  }

  @CommandHandler
  Decided setOwnPassword(SetOwnPassword command) {
    requireOwn();
    record(new UserPasswordSet(command.credential()));
    return decided();
  }

  @CommandHandler
  Decided enrol(EnrolTotp command) {
    requireOwn();
    record(new UserTotpEnrolled(command.totp()));
    return decided();
  }

  @CommandHandler
  Decided remove(RemoveTotp command) {
    requireOwn();
    record(new UserTotpRemoved());
    return decided();
  }

  @CommandHandler
  Decided reset(ResetSecondFactor command, Rights rights) {
    requireGrants(rights);
    record(new UserTotpRemoved());
    return decided();
  }

  @CommandHandler
  Decided issue(IssueRecoveryCodes command) {
    requireOwn();
    if (state().totp() == null) {
      throw new UserRefusal.NoSecondFactor();
    }
    record(new UserRecoveryCodesIssued(command.count()));
    return decided();
  }

  @CommandHandler
  Decided use(UseRecoveryCode command) {
    requireOwn();
    if (state().recoveryCodes() == 0) {
      throw new UserRefusal.NoRecoveryCode();
    }
    record(new UserRecoveryCodeUsed());
    return decided();
  }

  @CommandHandler
  Decided send(SendLink command, Rights rights) {
    requireGrants(rights);
    requireActive();
    record(new UserLinkSent(command.purpose(), command.until()));
    return decided();
  }

  @CommandHandler
  Decided send(SendResetLink command) {
    requireActive();
    record(new UserLinkSent(LinkSent.Purpose.RESET, command.until()));
    return decided();
  }

  @CommandHandler
  Decided link(LinkSignOn command) {
    requireOwn();
    record(new UserSignOnLinked(command.provider(), command.subject()));
    return decided();
  }

  @CommandHandler
  Decided unlink(UnlinkOwnSignOn command) {
    requireOwn();
    record(new UserSignOnUnlinked(command.provider()));
    return decided();
  }

  @CommandHandler
  Decided unlink(UnlinkSignOn command, Rights rights) {
    requireGrants(rights);
    record(new UserSignOnUnlinked(command.provider()));
    return decided();
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided provision(ProvisionUser command, Links links) {
    UUID home = Caller.current().tenant();
    links.wanted().one("/id", Tenant.STREAM, null, () -> home).require();
    DirectoryEntry entry = command.entry();
    record(
        new UserRegistered(
            command.id(),
            home,
            entry.name(),
            entry.email(),
            entry.emailHash(),
            Role.TENANT_USER,
            null));
    follow(entry);
    return decided();
  }

  @CommandHandler
  Decided align(AlignUser command, Rights rights) {
    requireKnown();
    rights.requireInDirectory(state());
    DirectoryEntry entry = command.entry();
    record(new UserRenamed(entry.name()));
    record(new UserEmailChanged(entry.email(), entry.emailHash()));
    if (state().deprovisioned()) {
      record(new UserEnabled());
    }
    follow(entry);
    return decided();
  }

  @CommandHandler
  Decided deprovision(DeprovisionUser command, Rights rights) {
    requireKnown();
    rights.requireInDirectory(state());
    letSignIn(false);
    record(new UserDeprovisioned());
    return decided();
  }

  @CommandHandler
  Decided signOutEverywhere(SignOutEverywhere command) {
    requireOwn();
    record(new UserSessionsEnded());
    return decided();
  }

  @CommandHandler
  Decided signOut(SignOutUser command, Rights rights) {
    requireGrants(rights);
    record(new UserSessionsEnded());
    return decided();
  }

  @CommandHandler
  Decided disable(DisableUser command, Rights rights) {
    requireGrants(rights);
    requireActive();
    record(new UserDisabled());
    return decided();
  }

  @CommandHandler
  Decided enable(EnableUser command, Rights rights) {
    requireGrants(rights);
    if (state().status() == User.Status.ACTIVE) {
      throw new UserRefusal.UserIsActive();
    }
    record(new UserEnabled());
    return decided();
  }

  /** There may be another attempt after this one was interrupted. */
  @CommandHandler
  Decided erase(EraseUser command) {
    if (state().status() != User.Status.ERASED) {
      record(new UserErased());
    }
    return decided();
  }

  private void follow(DirectoryEntry entry) {
    record(new UserExternalIdSet(entry.externalId(), entry.externalIdHash()));
    letSignIn(entry.active());
  }

  private void letSignIn(boolean active) {
    if (active != (state().status() == User.Status.ACTIVE)) {
      record(active ? new UserEnabled() : new UserDisabled());
    }
  }

  private void requireActive() {
    requireKnown();
    if (state().status() == User.Status.DISABLED) {
      throw new UserRefusal.UserIsDisabled();
    }
  }

  /** Of an erased user nothing is ever known again. */
  private void requireKnown() {
    if (state().status() == User.Status.ERASED) {
      throw new UserRefusal.UserIsErased();
    }
  }

  /** Whoever acts as the user is not the user. */
  private void requireOwn() {
    Caller caller = Caller.current();
    if (!caller.actor().equals(Actor.user(state().id().value())) || caller.impersonator() != null) {
      throw new UserRefusal.NotOwnAccount();
    }
    requireActive();
  }

  /** Whoever decides over a user might as well be that user. */
  private void requireGrants(Rights rights) {
    requireKnown();
    Rights.requireGrants(rights.of(state()));
  }

  private static StreamDefinition<?, ?> streamOf(Role.Scope scope) {
    return switch (scope) {
      case PLATFORM -> Platform.STREAM;
      case ORGANIZATION -> Organization.STREAM;
      case TENANT -> Tenant.STREAM;
      case CARRIER -> Carrier.STREAM;
    };
  }
}
