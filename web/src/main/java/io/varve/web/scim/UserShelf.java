package io.varve.web.scim;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.Group;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.UserResource;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.postgres.vault.Vault;
import io.varve.query.Document;
import io.varve.query.QuerySide;
import io.varve.query.identity.Directory;
import io.varve.query.identity.Directory.Membership;
import io.varve.query.identity.Directory.Which;
import io.varve.web.auth.EmailAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The users of a tenant. */
@Component
final class UserShelf implements Shelf {

  private final Directory directory;
  private final Vault vault;

  UserShelf(QuerySide queries, Vault vault) {
    this.directory = queries.directory();
    this.vault = vault;
  }

  String externalIdHash(String externalId) {
    return vault.lookupHash(User.EXTERNAL_ID, externalId);
  }

  @Override
  public Narrowing.Lookup lookup() {
    return new Narrowing.Lookup(
        ResourceKind.USER,
        "userName",
        address -> EmailAddress.hash(vault, address),
        this::externalIdHash);
  }

  @Override
  public List<UUID> ids(Exchange exchange, Which which) {
    return directory.userIds(exchange.caller(), which);
  }

  @Override
  public List<UserResource> resources(Exchange exchange, Collection<UUID> ids) {
    return resources(exchange, directory.users(exchange.caller(), ids));
  }

  List<UserResource> resources(Exchange exchange, List<Document<User>> users) {
    Map<Personal, String> opened =
        vault.openAll(
            exchange.caller().tenant(),
            users.stream()
                .map(Document::state)
                .flatMap(user -> Stream.of(user.name(), user.email(), user.externalId()))
                .filter(Objects::nonNull)
                .toList());
    Map<UserId, List<Group>> groups =
        directory.memberships(exchange.caller(), users.stream().map(Document::id).toList()).stream()
            .collect(groupingBy(Membership::user, mapping(m -> group(exchange, m), toList())));
    return users.stream().map(user -> resource(exchange, user, opened, groups)).toList();
  }

  private static UserResource resource(
      Exchange exchange,
      Document<User> document,
      Map<Personal, String> opened,
      Map<UserId, List<Group>> groups) {
    User user = document.state();
    String name = opened.get(user.name());
    String mail = opened.get(user.email());
    var resource = new UserResource();
    resource.setId(document.id().toString());
    resource.setMeta(exchange.meta(ResourceKind.USER, document));
    resource.setExternalId(user.externalId() == null ? null : opened.get(user.externalId()));
    resource.setUserName(mail);
    resource.setDisplayName(name);
    resource.setName(name == null ? null : new Name().setFormatted(name));
    resource.setEmails(
        mail == null ? null : List.of(new Email().setValue(mail).setType("work").setPrimary(true)));
    resource.setActive(user.status() == User.Status.ACTIVE);
    resource.setGroups(groups.get(user.id()));
    return resource;
  }

  private static Group group(Exchange exchange, Membership membership) {
    UUID id = membership.group().value();
    return new Group()
        .setValue(id.toString())
        .setRef(exchange.location(ResourceKind.GROUP, id))
        .setDisplay(membership.name())
        .setType("direct");
  }
}
