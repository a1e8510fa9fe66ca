package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.Group;
import io.varve.events.identity.GroupId;
import io.varve.events.rule.Rules;
import org.jspecify.annotations.Nullable;

/**
 * Creates a group without members.
 *
 * @param externalId what a directory that provisions groups calls this one; null for none
 */
@Requires(Permission.GROUP_WRITE)
public record CreateGroup(GroupId id, String name, @Nullable String externalId)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules
        .line("/name", name, Group.MAX_NAME)
        .optionalLine("/externalId", externalId, Group.MAX_NAME);
  }
}
