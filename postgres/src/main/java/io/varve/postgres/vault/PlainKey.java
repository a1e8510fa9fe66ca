package io.varve.postgres.vault;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.SecretKey;

/** A key of AES-256 in memory, which can be wiped: the platform's own cannot. */
final class PlainKey implements SecretKey, AutoCloseable {

  private static final long serialVersionUID = 1L;
  static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final transient byte[] bytes;
  private transient boolean destroyed;

  /**
   * @param bytes belong to this key from now on
   */
  PlainKey(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("not a key of 256 bits");
    }
    this.bytes = bytes;
  }

  static PlainKey random() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new PlainKey(bytes);
  }

  /** A copy for a caller to use and close, or nothing if this one was wiped meanwhile. */
  synchronized Optional<PlainKey> copy() {
    return destroyed ? Optional.empty() : Optional.of(new PlainKey(bytes.clone()));
  }

  /** A copy, which whoever asks for it wipes; the platform's ciphers do. */
  @Override
  public synchronized byte[] getEncoded() {
    if (destroyed) {
      throw new IllegalStateException("the key was wiped");
    }
    return bytes.clone();
  }

  /** Lends the bytes, and wipes them when they come back. */
  <T> T with(Function<byte[], T> use) {
    byte[] lent = getEncoded();
    try {
      return use.apply(lent);
    } finally {
      Arrays.fill(lent, (byte) 0);
    }
  }

  @Override
  public synchronized void destroy() {
    Arrays.fill(bytes, (byte) 0);
    destroyed = true;
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public void close() {
    destroy();
  }

  @Override
  public String getAlgorithm() {
    return "AES";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }
}
