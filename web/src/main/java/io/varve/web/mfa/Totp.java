package io.varve.web.mfa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.springframework.web.util.UriUtils;

/**
 * One-time passwords that follow from a shared secret and the time (RFC 6238): SHA-1, six digits,
 * steps of 30 seconds, which is what every authenticator app knows.
 */
public final class Totp {

  private static final String ISSUER = "Varve";
  private static final Duration STEP = Duration.ofSeconds(30);
  private static final int DIGITS = 6;

  /** As long as the hash is (RFC 4226, section 4). */
  private static final int SECRET_BYTES = 20;

  /** How far the clocks of two devices may be apart (RFC 6238, section 5.2). */
  private static final int STEPS_EITHER_WAY = 1;

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final TimeBasedOneTimePasswordGenerator GENERATOR =
      new TimeBasedOneTimePasswordGenerator(STEP, DIGITS);

  private Totp() {}

  public static byte[] newSecret() {
    var secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return secret;
  }

  /** A secret as people type it, and as it stands in an authenticator's URI. */
  public static String base32(byte[] secret) {
    return new Base32().encodeAsString(secret);
  }

  /** What a device shows at a moment. */
  public static String code(byte[] secret, Instant at) {
    try {
      var key = new SecretKeySpec(secret, GENERATOR.getAlgorithm());
      return GENERATOR.generateOneTimePasswordString(key, at, Locale.ROOT);
    } catch (InvalidKeyException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * The step of time that a code is of, if it is of one not far from now. Takes as long whether it
   * is or not.
   */
  static OptionalLong stepOf(byte[] secret, String code, Instant now) {
    byte[] given = code.getBytes(UTF_8);
    OptionalLong found = OptionalLong.empty();
    for (int i = -STEPS_EITHER_WAY; i <= STEPS_EITHER_WAY; i++) {
      Instant at = now.plus(STEP.multipliedBy(i));
      if (MessageDigest.isEqual(code(secret, at).getBytes(US_ASCII), given)) {
        found = OptionalLong.of(at.getEpochSecond() / STEP.toSeconds());
      }
    }
    return found;
  }

  /**
   * The URI that an authenticator app takes a secret from.
   *
   * @param account what the app shows beside the codes
   */
  static String uri(byte[] secret, String account) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
        .formatted(
            ISSUER,
            UriUtils.encode(account, UTF_8),
            base32(secret),
            ISSUER,
            DIGITS,
            STEP.toSeconds());
  }
}
