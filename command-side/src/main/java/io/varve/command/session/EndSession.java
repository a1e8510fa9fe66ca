package io.varve.command.session;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.session.Session;
import io.varve.events.session.SessionId;

/**
 * Notes that a session is over; where it was over already there is nothing to note. Sent by Varve
 * itself.
 */
@Requires(Permission.SECURITY_NOTE)
public record EndSession(SessionId id, Session.Ending reason) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/reason", reason);
  }
}
