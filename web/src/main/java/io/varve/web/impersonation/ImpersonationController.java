package io.varve.web.impersonation;

import io.varve.command.LedgerRefusal;
import io.varve.command.identity.EndImpersonation;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.identity.Impersonation;
import io.varve.events.identity.ImpersonationId;
import io.varve.postgres.vault.Vault;
import io.varve.query.Document;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.QuerySide;
import io.varve.query.identity.Impersonations;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.auth.Accounts;
import io.varve.web.auth.Standing;
import io.varve.web.http.Read;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who acts as whom: for the tenant to see, and to end. */
@RestController
final class ImpersonationController implements Lists {

  static final String PATH = "/api/impersonations";

  private final Accounts accounts;
  private final QuerySide queries;
  private final Vault vault;

  ImpersonationController(Accounts accounts, QuerySide queries, Vault vault) {
    this.accounts = accounts;
    this.queries = queries;
    this.vault = vault;
  }

  @Override
  public Listing<?> listing() {
    return Impersonations.LISTING;
  }

  @Says("Lists who acted as whom in the tenant, and who does now")
  @Needs(Permission.IMPERSONATION_READ)
  @Homed(Root.TENANTS)
  @GetMapping(PATH)
  Page<ImpersonationView> list(ListRequest request, Caller caller, Read read) {
    Page<Document<Impersonation>> page =
        read.list(Impersonations.LISTING, request, Function.identity());
    return new Page<>(views(caller, page.items()), page.next());
  }

  @Says("Shows who acted as whom")
  @Needs(Permission.IMPERSONATION_READ)
  @Homed(Root.TENANTS)
  @GetMapping(PATH + "/{id}")
  ResponseEntity<ImpersonationView> one(@PathVariable UUID id, Caller caller, Read read) {
    return read.one(
        Impersonations.LISTING, id, document -> views(caller, List.of(document)).getFirst());
  }

  @Says(
      value =
          "Ends an impersonation before its time: its administrator may, and whoever may write"
              + " users",
      refuses = 409)
  @Needs(Permission.IMPERSONATION_READ)
  @Homed(Root.TENANTS)
  @PostMapping(PATH + "/{id}/end")
  ResponseEntity<Written> end(@PathVariable UUID id, Write write) {
    return write.change(new EndImpersonation(new ImpersonationId(id)));
  }

  @Says(
      value = "Ends the impersonation that the request belongs to",
      refuses = {404, 409})
  @Needs(Permission.IMPERSONATION_READ)
  @PostMapping("/api/impersonation/end")
  ResponseEntity<Written> endOwn(Write write, HttpServletRequest request) {
    ImpersonationId id =
        Optional.ofNullable(Standing.of(request).impersonation())
            .orElseThrow(LedgerRefusal.NoSuchStream::new);
    return write.change(new EndImpersonation(id));
  }

  private List<ImpersonationView> views(Caller caller, List<Document<Impersonation>> documents) {
    Map<UUID, Long> events = queries.impersonatedEvents().count(caller, documents);
    Map<UUID, Optional<String>> names = new HashMap<>();
    return documents.stream()
        .map(
            document -> {
              Impersonation impersonation = document.state();
              return ImpersonationView.of(
                  document,
                  names
                      .computeIfAbsent(
                          impersonation.admin().value(),
                          id -> Optional.ofNullable(accounts.nameOf(impersonation)))
                      .orElse(null),
                  names
                      .computeIfAbsent(
                          impersonation.user().value(),
                          id -> Optional.ofNullable(name(caller.tenant(), id)))
                      .orElse(null),
                  events.getOrDefault(document.id(), 0L));
            })
        .toList();
  }

  private @Nullable String name(UUID home, UUID user) {
    return accounts.find(home, user).flatMap(found -> vault.open(home, found.name())).orElse(null);
  }
}
