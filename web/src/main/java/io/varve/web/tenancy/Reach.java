package io.varve.web.tenancy;

import io.varve.command.LedgerRefusal;
import io.varve.events.TenantEvent;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
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
import org.springframework.stereotype.Component;

/**
 * How far an administrator reaches: the platform's into every organization and tenant, an
 * organization's into its own tenants, everybody else's nowhere. What is out of reach is not there.
 */
@Component
public final class Reach {

  private final LedgerReader ledger;
  private final Callers callers;
  private final UUID platform;

  Reach(Database database, Callers callers, PlatformTenant platform) {
    this.ledger = new LedgerReader(database);
    this.callers = callers;
    this.platform = platform.id();
  }

  /**
   * The caller, acting within a tenant.
   *
   * @throws LedgerRefusal.NoSuchStream if the caller does not reach it, or there is none
   */
  public Caller into(Caller caller, UUID tenant) {
    if (!covers(caller, tenant)) {
      throw new LedgerRefusal.NoSuchStream();
    }
    return callers.within(caller, tenant);
  }

  /** Whether the caller may act within a tenant, which is then there. */
  boolean covers(Caller caller, UUID tenant) {
    return caller.tenant().equals(tenant)
        || (caller.permissions().contains(Permission.TENANT_WRITE)
            && governors(tenant).contains(caller.tenant()));
  }

  /** The caller, acting within a tenant that it is about to create under one that it reaches. */
  Caller intoNew(Caller caller, UUID tenant) {
    return callers.within(caller, tenant);
  }

  boolean isOperator(Caller caller) {
    return caller.tenant().equals(platform);
  }

  /** Whose administrators reach a tenant; the event that began it says so. */
  private Set<UUID> governors(UUID tenant) {
    List<StoredEvent> first = ledger.stream(Scope.command(tenant), tenant, tenant, 0, 1);
    TenantEvent began = first.isEmpty() ? null : first.getFirst().event();
    return switch (began) {
      case TenantCreated created -> Set.of(platform, created.organization().value());
      case OrganizationCreated _ -> Set.of(platform);
      case null, default -> Set.of();
    };
  }
}
