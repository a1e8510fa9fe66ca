package io.varve.events.personal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Base64;
import java.util.UUID;

/**
 * Personal text as the ledger holds it: encrypted under a key of the person it is about.
 *
 * <p>Events, states and diffs never hold the plain text, so nothing that is derived from them does:
 * it is opened at the edge, for a caller who may see it, and once the person's key is erased it
 * opens no more.
 *
 * @param subject whose data it is
 * @param cipher nonce, ciphertext and tag of AES-256-GCM, as unpadded base64url
 */
public record Personal(UUID subject, String cipher) {

  private static final String PREFIX = "personal:1:";
  private static final int UUID_LENGTH = 36;

  public static Personal of(UUID subject, byte[] cipher) {
    return new Personal(subject, Base64.getUrlEncoder().withoutPadding().encodeToString(cipher));
  }

  /**
   * @throws IllegalArgumentException if the text is not of the form that {@link #text()} gives
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Personal parse(String text) {
    int cipherAt = PREFIX.length() + UUID_LENGTH + 1;
    if (!text.startsWith(PREFIX) || text.length() <= cipherAt || text.charAt(cipherAt - 1) != ':') {
      throw new IllegalArgumentException("not an encrypted personal field");
    }
    return new Personal(
        UUID.fromString(text.substring(PREFIX.length(), cipherAt - 1)), text.substring(cipherAt));
  }

  /** Whether a stored text is an encrypted personal field. */
  public static boolean isPersonal(String text) {
    return text.startsWith(PREFIX);
  }

  @JsonValue
  public String text() {
    return PREFIX + subject + ':' + cipher;
  }

  public byte[] bytes() {
    return Base64.getUrlDecoder().decode(cipher);
  }
}
