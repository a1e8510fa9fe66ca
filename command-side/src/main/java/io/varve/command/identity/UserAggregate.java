package io.varve.command.identity;

import io.varve.command.Decided;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.StreamDefinition;
import io.varve.events.access.Caller;
import io.varve.events.access.Role;
import io.varve.events.identity.User;
import io.varve.events.identity.UserEvent;
import io.varve.events.identity.UserEvent.UserDisabled;
import io.varve.events.identity.UserEvent.UserEmailChanged;
import io.varve.events.identity.UserEvent.UserEnabled;
import io.varve.events.identity.UserEvent.UserPasswordSet;
import io.varve.events.identity.UserEvent.UserRegistered;
import io.varve.events.identity.UserEvent.UserRenamed;
import io.varve.events.identity.UserEvent.UserRoleAssigned;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.Carrier;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.Platform;
import io.varve.events.tenancy.PlatformId;
import io.varve.events.tenancy.Tenant;
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
  Decided register(RegisterUser command, Links links) {
    UUID home = Caller.current().tenant();
    links.wanted().one("/role", streamOf(command.role().scope()), null, () -> home).require();
    record(
        new UserRegistered(
            command.id(),
            home,
            command.name(),
            command.email(),
            command.emailHash(),
            command.role(),
            command.credential()));
    return decided();
  }

  @CommandHandler
  Decided revise(ReviseUser command) {
    var rules = new Rules();
    rules.hold(
        command.role().scope() == state().role().scope(),
        "/role",
        "other-scope",
        "must be a role where the user belongs");
    rules.enforce();
    record(new UserRenamed(command.name()));
    record(new UserEmailChanged(command.email(), command.emailHash()));
    record(new UserRoleAssigned(command.role()));
    return decided();
  }

  @CommandHandler
  Decided setPassword(SetPassword command) {
    record(new UserPasswordSet(command.credential()));
    return decided();
  }

  @CommandHandler
  Decided disable(DisableUser command) {
    if (state().status() == User.Status.DISABLED) {
      throw new UserRefusal.UserIsDisabled();
    }
    record(new UserDisabled());
    return decided();
  }

  @CommandHandler
  Decided enable(EnableUser command) {
    if (state().status() == User.Status.ACTIVE) {
      throw new UserRefusal.UserIsActive();
    }
    record(new UserEnabled());
    return decided();
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
