package io.varve.web.access;

import io.varve.events.access.Role;
import java.util.Arrays;
import java.util.Optional;

/** The paths below which a home's things are found, and what sort of home it is. */
public enum Root {
  TENANTS("/api/tenants/{home}", Role.Scope.TENANT),
  ORGANIZATIONS("/api/organizations/{home}", Role.Scope.ORGANIZATION),
  CARRIERS("/api/carriers/{home}", Role.Scope.CARRIER),
  /** A carrier's own: where alone its users may go. */
  CARRIER("/api/carrier", Role.Scope.CARRIER);

  private static final String OWN = "/api";

  /** The variable of a path that names a home. */
  public static final String HOME = "home";

  private final String path;
  private final Role.Scope scope;

  Root(String path, Role.Scope scope) {
    this.path = path;
    this.scope = scope;
  }

  /** The root that a handler's pattern begins with, if it is not the plain one. */
  public static Optional<Root> of(String pattern) {
    return Arrays.stream(values())
        .filter(root -> pattern.equals(root.path) || pattern.startsWith(root.path + "/"))
        .findFirst();
  }

  /** What sort of thing a pattern leads to: its first word below the root. */
  public static String thing(String pattern) {
    String below = of(pattern).map(root -> pattern.substring(root.path.length())).orElse(pattern);
    return below.isEmpty() ? "home" : below.split("/")[1];
  }

  public String path() {
    return path;
  }

  public Role.Scope scope() {
    return scope;
  }

  /** The path of the same thing below this root. */
  public String under(String plain) {
    if (!plain.startsWith(OWN + "/")) {
      throw new IllegalArgumentException("not a path below " + OWN + ": " + plain);
    }
    return path + plain.substring(OWN.length());
  }
}
