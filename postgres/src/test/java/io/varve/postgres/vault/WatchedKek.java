package io.varve.postgres.vault;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A key-encryption key like a service's, which remembers every plain key that passed through it.
 */
final class WatchedKek implements KeyEncryptionKey {

  private final KeyEncryptionKey real;
  private final Collection<byte[]> given = new ConcurrentLinkedQueue<>();
  private final Collection<byte[]> opened = new ConcurrentLinkedQueue<>();

  WatchedKek(KeyEncryptionKey real) {
    this.real = real;
  }

  /** The very arrays that were to be wrapped. */
  Collection<byte[]> given() {
    return given;
  }

  /** The very arrays that were handed out. */
  Collection<byte[]> opened() {
    return opened;
  }

  @Override
  public int version() {
    return real.version();
  }

  @Override
  public WrappedKey wrap(byte[] key, byte[] context) {
    given.add(key);
    return real.wrap(key, context);
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, byte[] context) {
    byte[] plain = real.unwrap(wrapped, context);
    opened.add(plain);
    return plain;
  }
}
