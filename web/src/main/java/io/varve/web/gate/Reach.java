package io.varve.web.gate;

import io.varve.command.LedgerRefusal;
import io.varve.events.TenantEvent;
import io.varve.events.access.Caller;
import io.varve.events.access.Role;
import io.varve.events.tenancy.CarrierEvent.CarrierCreated;
import io.varve.events.tenancy.OrganizationEvent.OrganizationCreated;
import io.varve.events.tenancy.TenancyEvent.TenantCreated;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import io.varve.web.auth.Callers;
import io.varve.web.auth.PlatformTenant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How far an administrator reaches: the platform's into every organization, carrier and tenant, an
 * organization's into its own tenants, everybody else's nowhere. What is out of reach is not there.
 */
@Component
final class Reach {

  private final LedgerReader ledger;
  private final Callers callers;
  private final UUID platform;

  /** What sort of home something is, and whose administrators reach it. */
  private record Home(Role.Scope scope, Set<UUID> governors) {}

  Reach(Database database, Callers callers, PlatformTenant platform) {
    this.ledger = new LedgerReader(database);
    this.callers = callers;
    this.platform = platform.id();
  }

  /**
   * The caller, acting within another home.
   *
   * @throws LedgerRefusal.NoSuchStream if the caller does not reach it, or there is no such home of
   *     that scope
   */
  Caller into(Caller caller, UUID home, Role.Scope scope) {
    Home found = find(home);
    if (found == null || found.scope() != scope || !found.governors().contains(caller.tenant())) {
      throw new LedgerRefusal.NoSuchStream();
    }
    return callers.governing(caller, home, scope);
  }

  /** The event that began a home says what it is. */
  private @Nullable Home find(UUID home) {
    List<StoredEvent> first = ledger.stream(Scope.command(home), home, home, 0, 1);
    TenantEvent began = first.isEmpty() ? null : first.getFirst().event();
    return switch (began) {
      case TenantCreated created ->
          new Home(Role.Scope.TENANT, Set.of(platform, created.organization().value()));
      case OrganizationCreated _ -> new Home(Role.Scope.ORGANIZATION, Set.of(platform));
      case CarrierCreated _ -> new Home(Role.Scope.CARRIER, Set.of(platform));
      case null, default -> null;
    };
  }
}
