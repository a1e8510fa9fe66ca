package io.varve.web.scim;

import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Member;
import io.varve.events.identity.Group;
import io.varve.events.identity.UserId;
import io.varve.query.Document;
import io.varve.query.QuerySide;
import io.varve.query.identity.Directory;
import io.varve.query.identity.Directory.Which;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** The groups of a tenant. */
@Component
final class GroupShelf implements Shelf {

  private final Directory directory;

  GroupShelf(QuerySide queries) {
    this.directory = queries.directory();
  }

  @Override
  public Narrowing.Lookup lookup() {
    return new Narrowing.Lookup(
        ResourceKind.GROUP, "displayName", UnaryOperator.identity(), UnaryOperator.identity());
  }

  @Override
  public List<UUID> ids(Exchange exchange, Which which) {
    return directory.groupIds(exchange.caller(), which);
  }

  @Override
  public List<GroupResource> resources(Exchange exchange, Collection<UUID> ids) {
    return directory.groups(exchange.caller(), ids).stream()
        .map(group -> resource(exchange, group))
        .toList();
  }

  GroupResource resource(Exchange exchange, Document<Group> document) {
    Group group = document.state();
    var resource = new GroupResource();
    resource.setId(document.id().toString());
    resource.setMeta(exchange.meta(ResourceKind.GROUP, document));
    resource.setExternalId(group.externalId());
    resource.setDisplayName(group.name());
    resource.setMembers(
        group.members().isEmpty()
            ? null
            : group.members().stream().map(member -> member(exchange, member)).toList());
    return resource;
  }

  private static Member member(Exchange exchange, UserId user) {
    return new Member()
        .setValue(user.value().toString())
        .setRef(exchange.location(ResourceKind.USER, user.value()))
        .setType("User");
  }
}
