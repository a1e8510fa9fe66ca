package io.varve.web.key;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An API key as its holder has it: {@code vrv_}, a prefix that it is found by, and 256 random bits.
 */
record KeyText(String prefix, String secret) {

  private static final String MARK = "vrv_";
  private static final Pattern FORM = Pattern.compile(MARK + "([a-z0-9]{8,12})_([\\w-]{43})");
  private static final int PREFIX_LENGTH = 10;
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  static KeyText random() {
    String prefix =
        RANDOM
            .ints(PREFIX_LENGTH, 0, Character.MAX_RADIX)
            .mapToObj(digit -> Integer.toString(digit, Character.MAX_RADIX))
            .collect(Collectors.joining());
    var secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return new KeyText(prefix, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** Whether a bearer token is meant to be a key, and not an access token. */
  static boolean isMeant(String token) {
    return token.startsWith(MARK);
  }

  static Optional<KeyText> parse(String token) {
    Matcher parts = FORM.matcher(token);
    return parts.matches()
        ? Optional.of(new KeyText(parts.group(1), parts.group(2)))
        : Optional.empty();
  }

  /** The whole key, which is shown once. */
  String text() {
    return MARK + prefix + '_' + secret;
  }

  /** Without the secret, wherever it ends up. */
  @Override
  public String toString() {
    return MARK + prefix;
  }
}
