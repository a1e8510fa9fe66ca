package io.varve.postgres.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits, which stands before the cipher
 * text. No key here seals anywhere near the 2^32 texts that random nonces allow.
 */
final class AesGcm {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What a sealed text is, so that none can be taken for one of another sort. */
  enum Sort {
    TENANT_KEY(1),
    SUBJECT_KEY(2),
    PERSONAL(3),
    SECRET(4),
    PURPOSE_KEY(5);

    private final byte tag;

    Sort(int tag) {
      this.tag = (byte) tag;
    }
  }

  private AesGcm() {}

  /**
   * The additional data of a text: its sort, its tenant, and the subject, reference or purpose it
   * is of.
   */
  static byte[] context(Sort sort, UUID tenant, UUID of) {
    return ByteBuffer.allocate(1 + 4 * Long.BYTES)
        .put(sort.tag)
        .putLong(tenant.getMostSignificantBits())
        .putLong(tenant.getLeastSignificantBits())
        .putLong(of.getMostSignificantBits())
        .putLong(of.getLeastSignificantBits())
        .array();
  }

  static byte[] seal(PlainKey key, byte[] plain, byte[] context) {
    var nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, context);
      var sealed = new byte[NONCE_BYTES + plain.length + TAG_BYTES];
      System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
      cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * @throws VaultException if it was not sealed with this key in this context
   */
  static byte[] open(PlainKey key, byte[] sealed, byte[] context) {
    if (sealed.length < NONCE_BYTES + TAG_BYTES) {
      throw new VaultException("A sealed text is too short.", null);
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, key, sealed, context)
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (AEADBadTagException tampered) {
      throw new VaultException("A sealed text is not what was sealed here.", tampered);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Cipher cipher(int mode, PlainKey key, byte[] nonce, byte[] context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce, 0, NONCE_BYTES));
    cipher.updateAAD(context);
    return cipher;
  }
}
