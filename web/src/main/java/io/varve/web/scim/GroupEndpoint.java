package io.varve.web.scim;

import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.ScimResource;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.messages.SearchRequest;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Member;
import io.varve.command.LedgerRefusal;
import io.varve.command.Terms;
import io.varve.command.identity.AlignGroup;
import io.varve.command.identity.DeprovisionGroup;
import io.varve.command.identity.ProvisionGroup;
import io.varve.events.access.Permission;
import io.varve.events.identity.Group;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.UserId;
import io.varve.query.Document;
import io.varve.query.QuerySide;
import io.varve.query.identity.Directory;
import io.varve.web.access.Needs;
import io.varve.web.http.Ids;
import io.varve.web.http.Read;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The groups of a tenant as its directory has them. */
@RestController
@RequestMapping(
    path = Exchange.ROOT + "/Groups",
    produces = {Exchange.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
final class GroupEndpoint {

  private final GroupShelf shelf;
  private final Changes changes;
  private final Directory directory;

  GroupEndpoint(GroupShelf shelf, Changes changes, QuerySide queries) {
    this.shelf = shelf;
    this.changes = changes;
    this.directory = queries.directory();
  }

  @Needs(Permission.DIRECTORY_WRITE)
  @GetMapping
  ListResponse<GenericScimResource> list(Exchange exchange, Read read) throws ScimException {
    read.awaitAll();
    return Search.of(exchange, shelf, exchange.query());
  }

  @Needs(Permission.DIRECTORY_WRITE)
  @PostMapping("/.search")
  ListResponse<GenericScimResource> search(Exchange exchange, Read read) throws ScimException {
    SearchRequest wanted = exchange.body(SearchRequest.class);
    read.awaitAll();
    return Search.of(exchange, shelf, wanted);
  }

  @Needs(Permission.DIRECTORY_WRITE)
  @GetMapping("/{id}")
  ResponseEntity<ScimResource> one(@PathVariable UUID id, Exchange exchange, Read read)
      throws ScimException {
    return answer(HttpStatus.OK, id, exchange, read);
  }

  @Needs(Permission.DIRECTORY_WRITE)
  @PostMapping
  ResponseEntity<ScimResource> create(Exchange exchange, Read read) throws ScimException {
    GroupResource given = exchange.body(GroupResource.class);
    var id = new GroupId(Ids.next());
    changes.send(
        exchange,
        new ProvisionGroup(id, name(given), given.getExternalId(), members(given)),
        Terms.NONE);
    return answer(HttpStatus.CREATED, id.value(), exchange, read);
  }

  @Needs(Permission.DIRECTORY_WRITE)
  @PutMapping("/{id}")
  ResponseEntity<ScimResource> replace(@PathVariable UUID id, Exchange exchange, Read read)
      throws ScimException {
    GroupResource given = exchange.body(GroupResource.class);
    changes.make(exchange, () -> find(id, exchange, read), was -> aligned(was, given));
    return answer(HttpStatus.OK, id, exchange, read);
  }

  @Needs(Permission.DIRECTORY_WRITE)
  @PatchMapping("/{id}")
  ResponseEntity<ScimResource> patch(@PathVariable UUID id, Exchange exchange, Read read)
      throws ScimException {
    PatchRequest patch = exchange.body(PatchRequest.class);
    changes.make(
        exchange,
        () -> find(id, exchange, read),
        was ->
            aligned(
                was,
                Patches.apply(
                    ResourceKind.GROUP,
                    shelf.resource(exchange, was),
                    GroupResource.class,
                    patch)));
    return answer(HttpStatus.OK, id, exchange, read);
  }

  @Needs(Permission.DIRECTORY_WRITE)
  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(@PathVariable UUID id, Exchange exchange, Read read)
      throws ScimException {
    changes.make(
        exchange, () -> find(id, exchange, read), was -> new DeprovisionGroup(was.state().id()));
    return ResponseEntity.noContent().build();
  }

  private static AlignGroup aligned(Document<Group> was, GroupResource wanted)
      throws ScimException {
    Group group = was.state();
    SortedSet<UserId> added = members(wanted);
    var removed = new TreeSet<>(group.members());
    removed.removeAll(added);
    added.removeAll(group.members());
    return new AlignGroup(group.id(), name(wanted), wanted.getExternalId(), added, removed);
  }

  private static String name(GroupResource group) throws ScimException {
    if (group.getDisplayName() == null) {
      throw BadRequestException.invalidValue("A group needs a displayName.");
    }
    return group.getDisplayName();
  }

  private static SortedSet<UserId> members(GroupResource group) throws ScimException {
    var members = new TreeSet<UserId>();
    for (Member member : group.getMembers() == null ? List.<Member>of() : group.getMembers()) {
      try {
        members.add(new UserId(UUID.fromString(String.valueOf(member.getValue()))));
      } catch (IllegalArgumentException none) {
        throw BadRequestException.invalidValue("A member's value must be the id of a user.");
      }
    }
    return members;
  }

  private ResponseEntity<ScimResource> answer(
      HttpStatus status, UUID id, Exchange exchange, Read read) throws ScimException {
    return exchange.answer(
        status, ResourceKind.GROUP, shelf.resource(exchange, find(id, exchange, read)));
  }

  private Document<Group> find(UUID id, Exchange exchange, Read read) {
    read.awaitAll();
    return directory.groups(exchange.caller(), List.of(id)).stream()
        .findFirst()
        .orElseThrow(LedgerRefusal.NoSuchStream::new);
  }
}
