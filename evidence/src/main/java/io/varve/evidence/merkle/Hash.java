package io.varve.evidence.merkle;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256 hash: 32 bytes. */
public final class Hash {

  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @throws IllegalArgumentException if these are not 32 bytes
   */
  public static Hash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /** The hash at a place within many. */
  public static Hash of(byte[] many, int offset) {
    return new Hash(Arrays.copyOfRange(many, offset, offset + LENGTH));
  }

  /**
   * @throws IllegalArgumentException if this is not the base64 text of 32 bytes
   */
  public static Hash parse(String base64) {
    return of(Base64.getDecoder().decode(base64));
  }

  /** What the digest has come to. */
  static Hash digest(MessageDigest digest) {
    return new Hash(digest.digest());
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  void addTo(MessageDigest digest) {
    digest.update(bytes);
  }

  /** Writes the 32 bytes to a place within many. */
  public void copyTo(byte[] many, int offset) {
    System.arraycopy(bytes, 0, many, offset, LENGTH);
  }

  /** Padded base64, as in checkpoints. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Lower-case hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
