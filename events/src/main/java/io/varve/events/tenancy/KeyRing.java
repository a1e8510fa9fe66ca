package io.varve.events.tenancy;

/** A key of the installation, of which there are versions. Never the key. */
public enum KeyRing {
  /** Signs access tokens. */
  TOKENS,
  /** Hashes API keys. */
  API_KEYS,
  /** Wraps the keys of all tenants. */
  KEY_ENCRYPTION_KEY,
  /** Signs checkpoints of the ledger. */
  SEAL_KEY
}
