package io.varve.events.tenancy;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.OrganizationEvent.OrganizationCreated;
import io.varve.events.tenancy.OrganizationEvent.OrganizationDescribed;
import org.jspecify.annotations.Nullable;

/** Whoever is responsible for one tenant or for many. */
public record Organization(OrganizationId id, String name, Kind kind) implements State {

  public static final StreamDefinition<Organization, OrganizationEvent> STREAM =
      new StreamDefinition<>(
          "organization", Organization.class, OrganizationEvent.class, Organization::evolve);

  public static final int MAX_NAME = 200;

  /** Whose tenants the organization has. */
  public enum Kind {
    /** Its own. */
    COMPANY,
    /** Its clients', as a managed service provider or a virtual CISO has. */
    PARTNER
  }

  static Organization evolve(@Nullable Organization organization, OrganizationEvent event) {
    return switch (event) {
      case OrganizationCreated e -> new Organization(e.id(), e.name(), e.kind());
      case OrganizationDescribed e ->
          new Organization(requireNonNull(organization).id, e.name(), e.kind());
    };
  }

  @Override
  public void check(Rules rules) {
    rules.line("/name", name, MAX_NAME);
  }
}
