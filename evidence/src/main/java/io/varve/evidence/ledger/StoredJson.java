package io.varve.evidence.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A JSON text exactly as the ledger stores it, in UTF-8. Nothing is ever written anew. */
public final class StoredJson {

  private final byte[] utf8;

  private StoredJson(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** Takes the bytes over: the caller does not change them. */
  public static StoredJson of(byte[] utf8) {
    return new StoredJson(utf8);
  }

  public static StoredJson of(String text) {
    return new StoredJson(text.getBytes(UTF_8));
  }

  /** The bytes themselves, which the caller does not change. */
  public byte[] utf8() {
    return utf8;
  }

  public String text() {
    return new String(utf8, UTF_8);
  }

  byte[] hash(MessageDigest digest) {
    return digest.digest(utf8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredJson that && Arrays.equals(utf8, that.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return text();
  }
}
