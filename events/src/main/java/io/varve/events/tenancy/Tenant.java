package io.varve.events.tenancy;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.TenancyEvent.TenantCreated;
import io.varve.events.tenancy.TenancyEvent.TenantDescribed;
import io.varve.events.tenancy.TenancyEvent.TenantMfaPolicySet;
import io.varve.events.tenancy.TenancyEvent.TenantRetentionSet;
import io.varve.events.tenancy.TenancyEvent.TenantRetired;
import org.jspecify.annotations.Nullable;

/**
 * One customer's risk environment.
 *
 * @param organization who is responsible for it
 * @param mfaRequired whether everybody who belongs here must have a second factor
 * @param retention for how long what is no part of the ledger is kept
 */
public record Tenant(
    TenantId id,
    OrganizationId organization,
    String name,
    String industry,
    Size size,
    Status status,
    boolean mfaRequired,
    Retention retention)
    implements State {

  public static final StreamDefinition<Tenant, TenancyEvent> STREAM =
      new StreamDefinition<>("tenant", Tenant.class, TenancyEvent.class, Tenant::evolve, 3);

  public static final int MAX_NAME = 200;
  public static final int MAX_INDUSTRY = 100;

  /** The customer's size by headcount, as the European Commission draws it (2003/361/EC). */
  public enum Size {
    /** Fewer than 10 people. */
    MICRO,
    /** 10 to 49. */
    SMALL,
    /** 50 to 249. */
    MEDIUM,
    /** 250 and more. */
    LARGE
  }

  /** Whether the tenant is still in use. */
  public enum Status {
    ACTIVE,
    RETIRED
  }

  static Tenant evolve(@Nullable Tenant tenant, TenancyEvent event) {
    if (event instanceof TenantCreated e) {
      return new Tenant(
          e.id(),
          e.organization(),
          e.name(),
          e.industry(),
          e.size(),
          Status.ACTIVE,
          false,
          Retention.DEFAULT);
    }
    Tenant was = requireNonNull(tenant);
    return switch (event) {
      case TenantCreated e -> throw new IllegalStateException("a tenant is created once");
      case TenantDescribed e -> was.described(e.name(), e.industry(), e.size());
      case TenantMfaPolicySet e -> was.requiring(e.required());
      case TenantRetentionSet e ->
          was.keeping(new Retention(e.exports(), e.sessions(), e.idempotency(), e.sandboxes()));
      case TenantRetired e -> was.standing(Status.RETIRED);
    };
  }

  @Override
  public void check(Rules rules) {
    rules.line("/name", name, MAX_NAME).line("/industry", industry, MAX_INDUSTRY);
    retention.check(rules);
  }

  @Override
  public boolean endsTenant() {
    return status == Status.RETIRED;
  }

  private Tenant described(String name, String industry, Size size) {
    return new Tenant(id, organization, name, industry, size, status, mfaRequired, retention);
  }

  private Tenant standing(Status status) {
    return new Tenant(id, organization, name, industry, size, status, mfaRequired, retention);
  }

  private Tenant requiring(boolean mfaRequired) {
    return new Tenant(id, organization, name, industry, size, status, mfaRequired, retention);
  }

  private Tenant keeping(Retention retention) {
    return new Tenant(id, organization, name, industry, size, status, mfaRequired, retention);
  }
}
