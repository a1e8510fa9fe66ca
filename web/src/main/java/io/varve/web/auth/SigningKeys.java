package io.varve.web.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import io.varve.postgres.keyfile.KeyFiles;
import io.varve.postgres.keyfile.KeyFiles.Version;
import java.nio.file.Path;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The RSA keys of access tokens, each named by its thumbprint (RFC 7638). The newest signs; what an
 * older one signed verifies for as long as a token lives after its successor came.
 */
public final class SigningKeys {

  /** The file's name among the secrets of a data folder. */
  public static final String NAME = "token-signing-key.pem";

  private final KeyFiles<RSAKey> files;
  private final Clock clock;

  private SigningKeys(KeyFiles<RSAKey> files, Clock clock) {
    this.files = files;
    this.clock = clock;
  }

  /** Reads the keys; where there is no file, makes one. */
  static SigningKeys open(Path file, Clock clock) {
    var opened = new SigningKeys(files(file, clock), clock);
    opened.version();
    return opened;
  }

  /** The versions there are, without making one. */
  public static KeyFiles<RSAKey> files(Path file, InstantSource clock) {
    return new KeyFiles<>(file, new RsaKeyForm(), clock);
  }

  /** When the last token that a key signed has expired, if that key's successor came then. */
  public static Instant goodUntil(Instant successor) {
    // A node may not notice the successor at once, and signs with the old key until it does.
    return successor.plus(Tokens.LIFETIME).plus(KeyFiles.NOTICED);
  }

  /** The version that signs now. */
  public int version() {
    return files.current().number();
  }

  /** The key that signs now. */
  RSAKey current() {
    return files.current().key();
  }

  /** All keys whose signatures are good now, the oldest first. */
  List<RSAKey> verifying() {
    List<Version<RSAKey>> all = files.versions();
    var good = new ArrayList<RSAKey>();
    for (int i = 0; i < all.size(); i++) {
      boolean newest = i == all.size() - 1;
      if (newest || clock.instant().isBefore(goodUntil(all.get(i + 1).since()))) {
        good.add(all.get(i).key());
      }
    }
    return good;
  }

  /**
   * The key that a token's header names; none for a token that names none, or another algorithm.
   */
  List<Key> verifying(JWSHeader header) {
    String id = header.getKeyID();
    if (id == null || !JWSAlgorithm.RS256.equals(header.getAlgorithm())) {
      return List.of();
    }
    // Makes sure that a key which another process added a moment ago is known.
    return files.find(version -> version.key().getKeyID().equals(id)).stream()
        .map(Version::key)
        .filter(key -> verifying().contains(key))
        .map(SigningKeys::known)
        .toList();
  }

  private static Key known(RSAKey key) {
    try {
      return key.toRSAPublicKey();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
