package io.varve.postgres.vault;

/** A key as it is stored: encrypted by a version of the key-encryption key. */
public final class WrappedKey {

  private final int version;
  private final byte[] bytes;

  /**
   * @param version of the key-encryption key, counted from 1
   */
  public WrappedKey(int version, byte[] bytes) {
    this.version = version;
    this.bytes = bytes.clone();
  }

  public int version() {
    return version;
  }

  public byte[] bytes() {
    return bytes.clone();
  }
}
