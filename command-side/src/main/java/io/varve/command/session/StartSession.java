package io.varve.command.session;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import io.varve.events.session.Factor;
import io.varve.events.session.Session;
import io.varve.events.session.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Notes that a user signed in. Sent by Varve itself, within the user's home and with the user as
 * actor.
 *
 * @param epoch the user's now
 * @param factor the second factor that was given with it, if one was
 * @param verifiedAt when that was
 * @param failuresBefore how often signing in as this user had failed since it last succeeded
 * @param expires when the session ends by itself, which is in the future
 */
@Requires(Permission.SECURITY_NOTE)
public record StartSession(
    SessionId id,
    UserId user,
    int epoch,
    Session.Method method,
    @Nullable Factor factor,
    @Nullable Instant verifiedAt,
    int failuresBefore,
    Instant expires)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/user", user).required("/method", method).required("/expires", expires);
  }
}
