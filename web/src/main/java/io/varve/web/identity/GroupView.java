package io.varve.web.identity;

import io.varve.events.identity.Group;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.UserId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A group of users.
 *
 * @param externalId what a directory calls it; absent for one of no directory
 * @param roles of the tenant's own making, which every member has
 */
record GroupView(
    GroupId id,
    long version,
    Instant created,
    Instant updated,
    String name,
    @Nullable String externalId,
    SortedSet<UserId> members,
    SortedSet<RoleId> roles,
    Group.Status status)
    implements Versioned {

  static GroupView of(Document<Group> document) {
    Group group = document.state();
    return new GroupView(
        group.id(),
        document.sequence(),
        document.created(),
        document.at(),
        group.name(),
        group.externalId(),
        group.members(),
        group.roles(),
        group.status());
  }
}
