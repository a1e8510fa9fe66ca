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
 * Makes a group what a directory says. Who is in it already, or is not, makes no difference. An
 * administrator who lets a group stand for roles leaves it to the directory whom it gives them.
 *
 * @param externalId what the directory calls this one; null for none
 */
@Requires(Permission.DIRECTORY_WRITE)
public record AlignGroup(
    GroupId id,
    String name,
    @Nullable String externalId,
    SortedSet<UserId> added,
    SortedSet<UserId> removed)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules
        .line("/name", name, Group.MAX_NAME)
        .optionalLine("/externalId", externalId, Group.MAX_NAME)
        .size("/added", added, Group.MAX_MEMBERS)
        .size("/removed", removed, Group.MAX_MEMBERS);
  }
}
