package io.varve.postgres.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.postgres.keyfile.KeyFiles;
import io.varve.postgres.keyfile.KeyFiles.Version;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;

/**
 * Hashes of secrets that are random themselves, such as API keys: HMAC-SHA-256 (RFC 2104) under a
 * key that is in files and not in the database, so that who reads the database can neither use nor
 * test one. A version of that key stays good for what was hashed with it until its file is deleted.
 */
public final class Pepper {

  /** The file's name among the secrets of a data folder. */
  public static final String NAME = "api-key-pepper";

  private final KeyFiles<PlainKey> files;

  /**
   * A hash to store.
   *
   * @param version of the pepper
   * @param hash 43 characters of base64url
   */
  public record Peppered(int version, String hash) {}

  private Pepper(KeyFiles<PlainKey> files) {
    this.files = files;
  }

  /** Reads the pepper; where there is no file, makes one. */
  public static Pepper open(Path file) {
    var opened = new Pepper(new KeyFiles<>(file, new PlainKeyForm(), InstantSource.system()));
    opened.version();
    return opened;
  }

  /** The versions there are, without making one. */
  public static KeyFiles<?> files(Path file) {
    return new KeyFiles<>(file, new PlainKeyForm(), InstantSource.system());
  }

  /** The version that hashes now. */
  public int version() {
    return files.current().number();
  }

  public Peppered hash(String secret) {
    Version<PlainKey> current = files.current();
    return new Peppered(
        current.number(),
        Base64.getUrlEncoder().withoutPadding().encodeToString(mac(current, secret)));
  }

  /**
   * Whether a secret is the one that was hashed, told in constant time. Never, once the version is
   * gone. One that is right and whose version is not {@link #version()} is best hashed again.
   */
  public boolean matches(Peppered stored, String secret) {
    return files
        .version(stored.version())
        .filter(version -> MessageDigest.isEqual(decoded(stored), mac(version, secret)))
        .isPresent();
  }

  private static byte[] decoded(Peppered stored) {
    return Base64.getUrlDecoder().decode(stored.hash());
  }

  private static byte[] mac(Version<PlainKey> version, String secret) {
    try (PlainKey key =
        version
            .key()
            .copy()
            .orElseThrow(
                () ->
                    new VaultException(
                        "There is no pepper of version " + version.number() + ".", null))) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(secret.getBytes(UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
