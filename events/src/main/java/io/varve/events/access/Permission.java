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
  PLATFORM_READ("platform:read", Kind.ADMINISTRATIVE),
  PLATFORM_WRITE("platform:write", Kind.SENSITIVE),
  ORGANIZATION_READ("organization:read", Kind.ADMINISTRATIVE),
  ORGANIZATION_WRITE("organization:write", Kind.SENSITIVE),
  CARRIER_READ("carrier:read", Kind.ADMINISTRATIVE),
  CARRIER_WRITE("carrier:write", Kind.SENSITIVE),
  TENANT_READ("tenant:read", Kind.MODEL),
  TENANT_WRITE("tenant:write", Kind.SENSITIVE),
  /** Which second factor the users of a home must have. */
  POLICY_WRITE("policy:write", Kind.SENSITIVE),
  USER_READ("user:read", Kind.ADMINISTRATIVE),
  USER_WRITE("user:write", Kind.SENSITIVE),
  ROLE_READ("role:read", Kind.ADMINISTRATIVE),
  ROLE_WRITE("role:write", Kind.SENSITIVE),
  /** Groups of a directory, their members and the roles that they stand for. */
  GROUP_READ("group:read", Kind.ADMINISTRATIVE),
  GROUP_WRITE("group:write", Kind.SENSITIVE),
  API_KEY_READ("apikey:read", Kind.ADMINISTRATIVE),
  API_KEY_WRITE("apikey:write", Kind.SENSITIVE),
  /** Identity providers that people sign in with. */
  PROVIDER_READ("provider:read", Kind.ADMINISTRATIVE),
  PROVIDER_WRITE("provider:write", Kind.SENSITIVE),
  IMPERSONATION_READ("impersonation:read", Kind.ADMINISTRATIVE),
  IMPERSONATION_WRITE("impersonation:write", Kind.SENSITIVE),
  /** One's own password, second factor and sessions. */
  ACCOUNT_WRITE("account:write", Kind.SENSITIVE),
  AUDIT_READ("audit:read", Kind.ADMINISTRATIVE),
  /** Legal holds. */
  HOLD_READ("hold:read", Kind.ADMINISTRATIVE),
  HOLD_WRITE("hold:write", Kind.SENSITIVE),
  /** The erasure of what is known of a person. */
  ERASURE_READ("erasure:read", Kind.ADMINISTRATIVE),
  ERASURE_WRITE("erasure:write", Kind.SENSITIVE),
  /** For how long what is no part of the ledger is kept. */
  RETENTION_WRITE("retention:write", Kind.SENSITIVE),
  /** Bundles of evidence. */
  EXPORT_READ("export:read", Kind.ADMINISTRATIVE),
  EXPORT_WRITE("export:write", Kind.ADMINISTRATIVE),
  SOURCE_READ("source:read", Kind.MODEL),
  SOURCE_WRITE("source:write", Kind.MODEL),
  /** The credentials of KRI sources. */
  CREDENTIAL_WRITE("credential:write", Kind.SENSITIVE),
  KRI_READ("kri:read", Kind.MODEL),
  KRI_WRITE("kri:write", Kind.MODEL),
  OBSERVATION_READ("observation:read", Kind.MODEL),
  OBSERVATION_WRITE("observation:write", Kind.MODEL),
  CONTROL_READ("control:read", Kind.MODEL),
  CONTROL_WRITE("control:write", Kind.MODEL),
  RISK_READ("risk:read", Kind.MODEL),
  RISK_WRITE("risk:write", Kind.MODEL),
  OUTCOME_READ("outcome:read", Kind.MODEL),
  OUTCOME_WRITE("outcome:write", Kind.MODEL),
  VENDOR_READ("vendor:read", Kind.MODEL),
  VENDOR_WRITE("vendor:write", Kind.MODEL),
  /** Values for the KRIs of one source, sent with a key that is made for it. */
  OBSERVATION_PUSH("observation:push", Kind.INTERNAL),
  /** Users and groups as a directory has them, sent with a key that is made for it. */
  DIRECTORY_WRITE("directory:write", Kind.INTERNAL),
  /** What Varve itself does once two people want an erasure. */
  ERASURE_EXECUTE("erasure:execute", Kind.INTERNAL),
  /** What Varve itself does to make exports, and to let them go. */
  EXPORT_EXECUTE("export:execute", Kind.INTERNAL),
  /** What Varve itself notes of sessions and of misuse. */
  SECURITY_NOTE("security:note", Kind.INTERNAL);

  /** Who may ever use a permission, whatever roles they have. */
  public enum Kind {
    /** The risk model: users, and API keys with the scope {@code read} or {@code write}. */
    MODEL,
    /** What administers: users, and API keys with the scope {@code admin}. */
    ADMINISTRATIVE,
    /** What decides over rights and secrets: users who are themselves, no key, no impersonator. */
    SENSITIVE,
    /** Varve itself, and keys that are made for one thing alone. Part of no role. */
    INTERNAL
  }

  private static final Map<String, Permission> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Permission::text, Function.identity()));

  private final String text;
  private final Kind kind;

  Permission(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
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

  public Kind kind() {
    return kind;
  }

  /** Whether it only lets its holder see. */
  public boolean isRead() {
    return text.endsWith(":read");
  }

  @JsonValue
  public String text() {
    return text;
  }
}
