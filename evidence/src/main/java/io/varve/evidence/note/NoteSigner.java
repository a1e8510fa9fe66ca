package io.varve.evidence.note;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Signs notes with an Ed25519 key under a name. */
public final class NoteSigner {

  private final NoteKey key;
  private final PublicKey publicKey;
  private final PrivateKey privateKey;

  /**
   * @param name without a space and without a plus sign
   * @param pair an Ed25519 key pair
   */
  public NoteSigner(String name, KeyPair pair) {
    this(NoteKey.of(name, pair.getPublic()), pair.getPublic(), pair.getPrivate());
  }

  private NoteSigner(NoteKey key, PublicKey publicKey, PrivateKey privateKey) {
    this.key = key;
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  /** The same key, signing under another name. */
  public NoteSigner named(String other) {
    return new NoteSigner(NoteKey.of(other, publicKey), publicKey, privateKey);
  }

  /** What verifies the signatures. */
  public NoteKey key() {
    return key;
  }

  byte[] sign(byte[] text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("the key cannot sign", unusable);
    }
  }
}
