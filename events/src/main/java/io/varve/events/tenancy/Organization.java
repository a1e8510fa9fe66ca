package io.varve.events.tenancy;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.OrganizationEvent.OrganizationCreated;
import io.varve.events.tenancy.OrganizationEvent.OrganizationDescribed;
import io.varve.events.tenancy.OrganizationEvent.OrganizationMfaPolicySet;
import org.jspecify.annotations.Nullable;

/**
 * Whoever is responsible for one tenant or for many.
 *
 * @param mfaRequired whether everybody who belongs to it or to a tenant of it must have a second
 *     factor
 */
public record Organization(OrganizationId id, String name, Kind kind, boolean mfaRequired)
    implements State {

  public static final StreamDefinition<Organization, OrganizationEvent> STREAM =
      new StreamDefinition<>(
          "organization", Organization.class, OrganizationEvent.class, Organization::evolve, 2);

  public static final int MAX_NAME = 200;

  /** Whose tenants the organization has. */
  public enum Kind {
    /** Its own. */
    COMPANY,
    /** Its clients', as a managed service provider or a virtual CISO has. */
    PARTNER
  }

  static Organization evolve(@Nullable Organization organization, OrganizationEvent event) {
    if (event instanceof OrganizationCreated e) {
      return new Organization(e.id(), e.name(), e.kind(), false);
    }
    Organization was = requireNonNull(organization);
    return switch (event) {
      case OrganizationCreated e ->
          throw new IllegalStateException("an organization is created once");
      case OrganizationDescribed e -> new Organization(was.id, e.name(), e.kind(), was.mfaRequired);
      case OrganizationMfaPolicySet e -> new Organization(was.id, was.name, was.kind, e.required());
    };
  }

  @Override
  public void check(Rules rules) {
    rules.line("/name", name, MAX_NAME);
  }
}
