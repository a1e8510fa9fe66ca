package io.varve.query;

import io.varve.events.rule.InvalidException;
import io.varve.events.rule.Violation;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Places in a list, as text that a caller hands back. One is bound to its tenant and to its
 * question by a keyed hash, so that nobody can make one, change one, or use it elsewhere.
 */
public final class Cursors {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int TAG = 16;
  private static final int MAX_LENGTH = 4096;
  private static final char SEPARATOR = '\0';

  private final SecretKeySpec key;

  /**
   * @param key at least 32 bytes, the same on every node
   */
  public Cursors(byte[] key) {
    if (key.length < 32) {
      throw new IllegalArgumentException("the cursors' key is too short");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * @param question everything but the place that makes the list what it is
   * @param place the values at which the next page begins, without zero characters
   */
  public String write(UUID tenant, String question, List<String> place) {
    byte[] text = String.join("\0", place).getBytes(StandardCharsets.UTF_8);
    byte[] tag = tag(tenant, question, text);
    byte[] all = Arrays.copyOf(tag, TAG + text.length);
    System.arraycopy(text, 0, all, TAG, text.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * @param size how many values the place has
   * @throws InvalidException if the cursor was not given for this question in this tenant
   */
  public List<String> read(UUID tenant, String question, String cursor, int size) {
    byte[] all = decode(cursor);
    if (all.length < TAG) {
      throw refused();
    }
    byte[] text = Arrays.copyOfRange(all, TAG, all.length);
    if (!MessageDigest.isEqual(Arrays.copyOf(all, TAG), tag(tenant, question, text))) {
      throw refused();
    }
    List<String> place =
        List.of(new String(text, StandardCharsets.UTF_8).split(String.valueOf(SEPARATOR), -1));
    if (place.size() != size) {
      throw refused();
    }
    return place;
  }

  private static byte[] decode(String cursor) {
    if (cursor.length() > MAX_LENGTH) {
      throw refused();
    }
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw refused();
    }
  }

  private byte[] tag(UUID tenant, String question, byte[] place) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      // The tenant's length is fixed and the question's is said, so that no two inputs look alike.
      byte[] asked = question.getBytes(StandardCharsets.UTF_8);
      mac.update(tenant.toString().getBytes(StandardCharsets.US_ASCII));
      mac.update(Integer.toString(asked.length).getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) 0);
      mac.update(asked);
      return Arrays.copyOf(mac.doFinal(place), TAG);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InvalidException refused() {
    return new InvalidException(
        List.of(
            new Violation(
                "/cursor", "not-a-cursor", "is not the cursor of a page of this same list")));
  }
}
