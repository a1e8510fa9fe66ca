package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.LinkSent;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.time.Instant;

/**
 * Notes that an administrator has had a link sent to a user by which a password can be set. The
 * link itself is kept nowhere.
 */
@Requires(Permission.USER_WRITE)
public record SendLink(UserId id, LinkSent.Purpose purpose, Instant until)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/purpose", purpose).required("/until", until);
  }
}
