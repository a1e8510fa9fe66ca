package io.varve.web.testing;

import io.varve.events.access.Role;
import java.util.Map;

/** What a newcomer has after the first minutes: an operator, an organization, two tenants. */
public final class Newcomer {

  public static final String PASSWORD = "correct horse battery";

  private final Api api;
  private final Api operator;
  private final String organization;

  /** A tenant and its administrator. */
  public record Customer(String tenant, Api admin) {}

  public Newcomer(Api api) {
    this.api = api;
    api.post(
            "/api/auth/setup",
            Map.of("name", "Ada Operator", "email", "ada@varve.test", "password", PASSWORD))
        .is(201);
    this.operator = api.signedIn("ada@varve.test", PASSWORD);
    this.organization =
        operator
            .post("/api/organizations", Map.of("name", "Acme Group", "kind", "partner"))
            .is(201)
            .id();
  }

  public Api anybody() {
    return api;
  }

  public Api operator() {
    return operator;
  }

  public String organization() {
    return organization;
  }

  /** A new tenant with an administrator whose address begins with its name. */
  public Customer customer(String name) {
    String tenant =
        operator
            .post(
                "/api/organizations/" + organization + "/tenants",
                Map.of("name", name, "industry", "retail", "size", "small"))
            .is(201)
            .id();
    return new Customer(tenant, user(tenant, name + "@varve.test", "tenant_admin"));
  }

  /** A new user of a tenant, organization or carrier, signed in. */
  public Api user(String home, String email, String role) {
    String root =
        switch (Role.parse(role).scope()) {
          case PLATFORM -> "/api";
          case ORGANIZATION -> "/api/organizations/" + home;
          case TENANT -> "/api/tenants/" + home;
          case CARRIER -> "/api/carriers/" + home;
        };
    operator
        .post(
            root + "/users",
            Map.of("name", email, "email", email, "role", role, "password", PASSWORD))
        .is(201);
    return api.signedIn(email, PASSWORD);
  }
}
