package io.varve.command.session;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.session.Factor;
import io.varve.events.session.SessionId;

/** Notes that a second factor was given in a session just now. Sent by Varve itself. */
@Requires(Permission.SECURITY_NOTE)
public record VerifySession(SessionId id, Factor factor) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/factor", factor);
  }
}
