package io.varve.events.session;

/** What a user has besides a password. */
public enum Factor {
  /** A code of an authenticator (RFC 6238). */
  TOTP,
  RECOVERY_CODE,
  /** An identity provider has asked for one. */
  PROVIDER
}
