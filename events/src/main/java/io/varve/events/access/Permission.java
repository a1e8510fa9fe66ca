package io.varve.events.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A right that a command or query names, written {@code thing:verb}. */
public enum Permission {
  ORGANIZATION_READ("organization:read"),
  ORGANIZATION_WRITE("organization:write"),
  TENANT_READ("tenant:read"),
  TENANT_WRITE("tenant:write"),
  USER_READ("user:read"),
  USER_WRITE("user:write"),
  SOURCE_READ("source:read"),
  SOURCE_WRITE("source:write"),
  KRI_READ("kri:read"),
  KRI_WRITE("kri:write"),
  OBSERVATION_READ("observation:read"),
  OBSERVATION_WRITE("observation:write"),
  CONTROL_READ("control:read"),
  CONTROL_WRITE("control:write"),
  RISK_READ("risk:read"),
  RISK_WRITE("risk:write"),
  OUTCOME_READ("outcome:read"),
  OUTCOME_WRITE("outcome:write"),
  VENDOR_READ("vendor:read"),
  VENDOR_WRITE("vendor:write"),
  AUDIT_READ("audit:read");

  private static final Map<String, Permission> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Permission::text, Function.identity()));

  private final String text;

  Permission(String text) {
    this.text = text;
  }

  public static Optional<Permission> named(String text) {
    return Optional.ofNullable(BY_NAME.get(text));
  }

  /**
   * @throws IllegalArgumentException if there is no such permission
   */
  @JsonCreator
  public static Permission parse(String text) {
    return named(text).orElseThrow(() -> new IllegalArgumentException("no such permission"));
  }

  @JsonValue
  public String text() {
    return text;
  }
}
