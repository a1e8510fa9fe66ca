package io.varve.web.scim;

import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.ScimResource;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.messages.SearchRequest;
import com.unboundid.scim2.common.types.UserResource;
import io.varve.command.LedgerRefusal;
import io.varve.command.Terms;
import io.varve.command.identity.AlignUser;
import io.varve.command.identity.DeprovisionUser;
import io.varve.command.identity.DirectoryEntry;
import io.varve.command.identity.LeaveGroup;
import io.varve.command.identity.ProvisionUser;
import io.varve.events.access.Permission;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.postgres.vault.Vault;
import io.varve.query.Document;
import io.varve.query.QuerySide;
import io.varve.query.identity.Directory;
import io.varve.query.identity.Directory.Membership;
import io.varve.web.access.Needs;
import io.varve.web.auth.Accounts;
import io.varve.web.auth.EmailAddress;
import io.varve.web.http.Ids;
import io.varve.web.http.Read;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

/** The users of a tenant as its directory has them. */
@RestController
@RequestMapping(
    path = Exchange.ROOT + "/Users",
    produces = {Exchange.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
final class UserEndpoint {

  private final UserShelf shelf;
  private final Changes changes;
  private final Directory directory;
  private final Accounts accounts;
  private final Vault vault;

  UserEndpoint(
      UserShelf shelf, Changes changes, QuerySide queries, Accounts accounts, Vault vault) {
    this.shelf = shelf;
    this.changes = changes;
    this.directory = queries.directory();
    this.accounts = accounts;
    this.vault = vault;
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

  /** Somebody whom the directory had removed comes back as the same user. */
  @Needs(Permission.DIRECTORY_WRITE)
  @PostMapping
  ResponseEntity<ScimResource> create(Exchange exchange, Read read) throws ScimException {
    Person person = Person.of(exchange.body(UserResource.class), true);
    UUID tenant = exchange.caller().tenant();
    Optional<User> gone =
        accounts
            .byEmail(person.userName())
            .filter(user -> user.home().equals(tenant) && user.deprovisioned());
    UserId id = gone.map(User::id).orElseGet(() -> new UserId(Ids.next()));
    DirectoryEntry entry = entry(tenant, id, gone.orElse(null), person);
    changes.send(
        exchange,
        gone.isPresent() ? new AlignUser(id, entry) : new ProvisionUser(id, entry),
        Terms.NONE);
    return answer(HttpStatus.CREATED, id.value(), exchange, read);
  }

  @Needs(Permission.DIRECTORY_WRITE)
  @PutMapping("/{id}")
  ResponseEntity<ScimResource> replace(@PathVariable UUID id, Exchange exchange, Read read)
      throws ScimException {
    UserResource given = exchange.body(UserResource.class);
    changes.make(
        exchange,
        () -> find(id, exchange, read),
        was ->
            aligned(exchange, was, Person.of(given, was.state().status() == User.Status.ACTIVE)));
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
        was -> {
          UserResource before = resource(was, exchange);
          UserResource after = Patches.apply(ResourceKind.USER, before, UserResource.class, patch);
          return aligned(exchange, was, Person.changed(before, after));
        });
    return answer(HttpStatus.OK, id, exchange, read);
  }

  @Needs(Permission.DIRECTORY_WRITE)
  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(@PathVariable UUID id, Exchange exchange, Read read)
      throws ScimException {
    var user = new UserId(id);
    Document<User> was = find(id, exchange, read);
    exchange.requireMatch(was.sequence());
    // Out of the groups first: were it last, nobody could repeat what failed half-way.
    for (Membership in : directory.memberships(exchange.caller(), List.of(id))) {
      changes.send(exchange, new LeaveGroup(in.group(), user), Terms.NONE);
    }
    changes.make(exchange, () -> find(id, exchange, read), now -> new DeprovisionUser(user));
    return ResponseEntity.noContent().build();
  }

  private AlignUser aligned(Exchange exchange, Document<User> was, Person person) {
    User user = was.state();
    return new AlignUser(user.id(), entry(exchange.caller().tenant(), user.id(), user, person));
  }

  private DirectoryEntry entry(UUID tenant, UserId id, @Nullable User was, Person person) {
    String externalId = person.externalId();
    return new DirectoryEntry(
        vault.reseal(tenant, id.value(), was == null ? null : was.name(), person.name()),
        vault.reseal(
            tenant, id.value(), was == null ? null : was.email(), person.userName().strip()),
        EmailAddress.hash(vault, person.userName()),
        externalId == null
            ? null
            : vault.reseal(tenant, id.value(), was == null ? null : was.externalId(), externalId),
        externalId == null ? null : shelf.externalIdHash(externalId),
        person.active());
  }

  private ResponseEntity<ScimResource> answer(
      HttpStatus status, UUID id, Exchange exchange, Read read) throws ScimException {
    return exchange.answer(status, ResourceKind.USER, resource(find(id, exchange, read), exchange));
  }

  private UserResource resource(Document<User> user, Exchange exchange) {
    return shelf.resources(exchange, List.of(user)).getFirst();
  }

  private Document<User> find(UUID id, Exchange exchange, Read read) {
    read.awaitAll();
    return directory.users(exchange.caller(), List.of(id)).stream()
        .findFirst()
        .orElseThrow(LedgerRefusal.NoSuchStream::new);
  }
}
