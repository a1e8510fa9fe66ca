package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;

/** Lets a user whom a directory has no more sign in no more. */
@Requires(Permission.DIRECTORY_WRITE)
public record DeprovisionUser(UserId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
