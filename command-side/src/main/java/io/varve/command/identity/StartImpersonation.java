package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.Impersonation;
import io.varve.events.identity.ImpersonationId;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import io.varve.events.session.SessionId;
import java.time.Instant;
import java.util.UUID;

/**
 * Lets the caller, who acts within the user's tenant, act as that user. It does not nest.
 *
 * @param adminHome the platform or organization that the caller belongs to
 * @param session of the caller
 * @param until when it is over, at most an hour from now
 */
@Requires(Permission.IMPERSONATION_WRITE)
public record StartImpersonation(
    ImpersonationId id,
    UUID adminHome,
    SessionId session,
    UserId user,
    String reason,
    Instant until)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules
        .required("/adminHome", adminHome)
        .required("/session", session)
        .required("/user", user)
        .line("/reason", reason, Impersonation.MAX_REASON)
        .required("/until", until);
  }
}
