package io.varve.events.identity;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.access.Role;
import io.varve.events.identity.UserEvent.UserDisabled;
import io.varve.events.identity.UserEvent.UserEmailChanged;
import io.varve.events.identity.UserEvent.UserEnabled;
import io.varve.events.identity.UserEvent.UserPasswordSet;
import io.varve.events.identity.UserEvent.UserRegistered;
import io.varve.events.identity.UserEvent.UserRenamed;
import io.varve.events.identity.UserEvent.UserRoleAssigned;
import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A person who can sign in.
 *
 * @param home the platform, organization or tenant that the user belongs to
 * @param emailHash of the address, under a key of the platform: unique, and what signing in looks
 *     for
 * @param role one of the scope that {@code home} is
 * @param credential where the vault keeps the password's hash; without one nobody can sign in
 */
public record User(
    UserId id,
    UUID home,
    Personal name,
    Personal email,
    String emailHash,
    Role role,
    @Nullable UUID credential,
    Status status)
    implements State {

  public static final StreamDefinition<User, UserEvent> STREAM =
      new StreamDefinition<>("user", User.class, UserEvent.class, User::evolve);

  /** A hash of at least 128 bits as hexadecimal or base64url, which no address looks like. */
  private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{22,128}");

  /** Whether the user may sign in. */
  public enum Status {
    ACTIVE,
    DISABLED
  }

  static User evolve(@Nullable User user, UserEvent event) {
    if (event instanceof UserRegistered e) {
      return new User(
          e.id(),
          e.home(),
          e.name(),
          e.email(),
          e.emailHash(),
          e.role(),
          e.credential(),
          Status.ACTIVE);
    }
    User was = requireNonNull(user);
    return switch (event) {
      case UserRegistered e -> throw new IllegalStateException("a user is registered once");
      case UserRenamed e -> was.reachedAs(e.name(), was.email, was.emailHash);
      case UserEmailChanged e -> was.reachedAs(was.name, e.email(), e.emailHash());
      case UserRoleAssigned e -> was.acting(e.role());
      case UserPasswordSet e -> was.signingInWith(e.credential());
      case UserDisabled e -> was.standing(Status.DISABLED);
      case UserEnabled e -> was.standing(Status.ACTIVE);
    };
  }

  @Override
  public void check(Rules rules) {
    rules
        .matches("/emailHash", emailHash, HASH, "must be a keyed hash")
        .hold(name.subject().equals(id.value()), "/name", "not-own", "must be the user's own")
        .hold(email.subject().equals(id.value()), "/email", "not-own", "must be the user's own");
  }

  @Override
  public Set<UniqueValue> uniqueValues() {
    return Set.of(UniqueValue.inPlatform("user.email", emailHash, "/email"));
  }

  private User reachedAs(Personal name, Personal email, String emailHash) {
    return new User(id, home, name, email, emailHash, role, credential, status);
  }

  private User acting(Role role) {
    return new User(id, home, name, email, emailHash, role, credential, status);
  }

  private User signingInWith(UUID credential) {
    return new User(id, home, name, email, emailHash, role, credential, status);
  }

  private User standing(Status status) {
    return new User(id, home, name, email, emailHash, role, credential, status);
  }
}
