package io.varve.postgres.vault;

/**
 * The key above all others. It never is in the database and never leaves whatever implements this:
 * a file, or later a key management service.
 */
public interface KeyEncryptionKey {

  /** Which key wraps now, counted from 1. It is stored beside what it wraps. */
  int version();

  /**
   * @param context what the key is for; it opens in no other context
   */
  byte[] wrap(byte[] key, byte[] context);

  /**
   * @param version the version that wrapped it
   * @throws VaultException if it was not wrapped by that version in that context
   */
  byte[] unwrap(int version, byte[] wrapped, byte[] context);

  /**
   * A key of 32 bytes for one purpose, always the same one, from which this key cannot be told
   * (HKDF-SHA-256, RFC 5869). It does not change when {@link #version()} does.
   */
  byte[] derive(String purpose);
}
