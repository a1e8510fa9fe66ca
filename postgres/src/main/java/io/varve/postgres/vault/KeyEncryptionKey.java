package io.varve.postgres.vault;

import java.util.Optional;

/**
 * The key above all others: it wraps the key of each tenant, and nothing else. It never is in the
 * database and never leaves whatever implements this: a {@linkplain KeyFile file}, or a key
 * management service.
 *
 * <p>What an implementation owes:
 *
 * <ul>
 *   <li>Versions are numbers from 1, the newest the greatest. A service that names them otherwise
 *       keeps a table of its own; one that keeps its old versions to itself says 1 for ever.
 *   <li>What an older version wrapped opens until whoever holds the key destroys that version.
 *       {@link Rewrapping} tells when nothing depends on it any more.
 *   <li>A wrapped key opens in its context alone. That is the additional authenticated data, or
 *       encryption context, of a service; where it has none, the context's hash is wrapped with the
 *       key and compared afterwards.
 *   <li>It may be called from many threads at once, and a call may take as long as one to another
 *       machine does: keys of tenants are remembered for minutes, and no transaction is open
 *       meanwhile. It gives up by itself after some seconds.
 *   <li>It keeps no key that it was given or has opened; the caller wipes both.
 *   <li>Every failure is a {@link VaultException} without anything secret in its message.
 * </ul>
 */
public interface KeyEncryptionKey {

  /** The version that wraps now. */
  int version();

  /**
   * @param context what the key is for
   */
  WrappedKey wrap(byte[] key, byte[] context);

  /**
   * @throws VaultException if it was not wrapped by that version in that context, or if there is no
   *     such version
   */
  byte[] unwrap(WrappedKey wrapped, byte[] context);

  /**
   * The key of 32 bytes that this key was asked for before keys for a purpose were made at random
   * and stored. Asked once, when the first one is stored; only a file can have one.
   */
  default Optional<byte[]> derived(String purpose) {
    return Optional.empty();
  }
}
