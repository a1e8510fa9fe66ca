package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import org.jspecify.annotations.Nullable;

/**
 * Says what a directory that provisions users calls this one. Whoever sends it hands an unchanged
 * one over as it is, not sealed anew.
 *
 * @param externalId null for none
 */
@Requires(Permission.USER_WRITE)
public record SetExternalId(UserId id, @Nullable Personal externalId) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.hold(
        externalId == null || externalId.subject().equals(id.value()),
        "/externalId",
        "not-own",
        "must be the user's own");
  }
}
