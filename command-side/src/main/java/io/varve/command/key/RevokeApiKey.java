package io.varve.command.key;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.key.ApiKeyId;
import io.varve.events.rule.Rules;

/** Lets a key open nothing any more, for good. */
@Requires(Permission.API_KEY_WRITE)
public record RevokeApiKey(ApiKeyId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
