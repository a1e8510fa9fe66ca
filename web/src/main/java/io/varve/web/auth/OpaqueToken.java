package io.varve.web.auth;

import io.varve.web.http.Sha256;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * A token that means nothing to whoever holds it: where it is kept, and a secret. Of the secret
 * only the hash is kept.
 */
public final class OpaqueToken {

  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final UUID home;
  private final UUID id;
  private final byte[] secret;

  private OpaqueToken(UUID home, UUID id, byte[] secret) {
    this.home = home;
    this.id = id;
    this.secret = secret;
  }

  /** A new one. */
  public static OpaqueToken random(UUID home, UUID id) {
    var secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return new OpaqueToken(home, id, secret);
  }

  /** The one that a text is, if it has the form of one. */
  public static Optional<OpaqueToken> parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
    if (bytes.length != 2 * ID_BYTES + SECRET_BYTES) {
      return Optional.empty();
    }
    ByteBuffer parts = ByteBuffer.wrap(bytes);
    var home = new UUID(parts.getLong(), parts.getLong());
    var id = new UUID(parts.getLong(), parts.getLong());
    var secret = new byte[SECRET_BYTES];
    parts.get(secret);
    return Optional.of(new OpaqueToken(home, id, secret));
  }

  public UUID home() {
    return home;
  }

  /** Of what it stands for, in the home. */
  public UUID id() {
    return id;
  }

  /** As it is handed out. */
  public String text() {
    ByteBuffer token = ByteBuffer.allocate(2 * ID_BYTES + SECRET_BYTES);
    token.putLong(home.getMostSignificantBits()).putLong(home.getLeastSignificantBits());
    token.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.put(secret).array());
  }

  /** Of 256 random bits, which nobody guesses: a plain hash is enough. */
  public String hash() {
    return HexFormat.of().formatHex(Sha256.of(secret));
  }
}
