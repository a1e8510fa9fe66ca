package io.varve.postgres;

import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a transaction may see and do: a role, and the tenant or tenants that row-level security
 * confines it to. Made from a verified caller or by a processor, never from a request's text.
 *
 * @param tenant the value of {@code varve.tenant_id}; empty for a role that works across tenants
 * @param tenants the value of {@code varve.tenant_ids}: the tenants that a projector writes for
 */
public record Scope(DatabaseRole role, String tenant, String tenants) {

  public static Scope command(UUID tenant) {
    return new Scope(DatabaseRole.COMMAND, tenant.toString(), "");
  }

  public static Scope query(UUID tenant) {
    return new Scope(DatabaseRole.QUERY, tenant.toString(), "");
  }

  public static Scope vault(UUID tenant) {
    return new Scope(DatabaseRole.VAULT, tenant.toString(), "");
  }

  public static Scope access(UUID tenant) {
    return new Scope(DatabaseRole.ACCESS, tenant.toString(), "");
  }

  /** Before it is known who asks: sees no tenant's rows at all. */
  public static Scope access() {
    return new Scope(DatabaseRole.ACCESS, "", "");
  }

  public static Scope ledger() {
    return new Scope(DatabaseRole.LEDGER, "", "");
  }

  /** A projector that only reads, or only writes tokens. */
  public static Scope projector() {
    return new Scope(DatabaseRole.PROJECTOR, "", "");
  }

  /** A projector that writes rows of these tenants and no others. */
  public static Scope projector(Collection<UUID> tenants) {
    return new Scope(
        DatabaseRole.PROJECTOR,
        "",
        tenants.stream().map(UUID::toString).collect(Collectors.joining(",")));
  }
}
