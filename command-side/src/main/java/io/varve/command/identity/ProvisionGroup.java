package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.Group;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes a group over from a directory. It gives nobody anything until an administrator says what it
 * stands for.
 *
 * @param externalId what the directory calls this one; null for none
 */
@Requires(Permission.DIRECTORY_WRITE)
public record ProvisionGroup(
    GroupId id, String name, @Nullable String externalId, SortedSet<UserId> members)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules
        .line("/name", name, Group.MAX_NAME)
        .optionalLine("/externalId", externalId, Group.MAX_NAME)
        .size("/members", members, Group.MAX_MEMBERS);
  }
}
