package io.varve.evidence.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A name and an Ed25519 public key (RFC 8032) that verify the signatures of notes. */
public final class NoteKey {

  static final int ID_LENGTH = 4;
  private static final byte ED25519 = 1;
  private static final int KEY_LENGTH = 32;
  private static final Pattern NAME = Pattern.compile("[^\\s+\\p{Cntrl}]+");
  private static final Pattern VKEY =
      Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]+)");

  /** What X.509 (RFC 8410) says before the 32 bytes of the key. */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String name;
  private final byte[] raw;
  private final PublicKey key;

  private NoteKey(String name, byte[] raw) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name of a key");
    }
    if (raw.length != KEY_LENGTH) {
      throw new IllegalArgumentException("an Ed25519 public key has 32 bytes");
    }
    this.name = name;
    this.raw = raw;
    byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + KEY_LENGTH);
    System.arraycopy(raw, 0, encoded, PREFIX.length, KEY_LENGTH);
    try {
      this.key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException refused) {
      throw new IllegalArgumentException("not an Ed25519 public key", refused);
    }
  }

  /**
   * @param key an Ed25519 public key
   */
  public static NoteKey of(String name, PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded.length != PREFIX.length + KEY_LENGTH) {
      throw new IllegalArgumentException("not an Ed25519 public key");
    }
    return new NoteKey(name, Arrays.copyOfRange(encoded, PREFIX.length, encoded.length));
  }

  /**
   * Reads the text form: {@code name+id+base64}.
   *
   * @throws IllegalArgumentException if it is not of that form, or the id is not of that key
   */
  public static NoteKey parse(String vkey) {
    Matcher form = VKEY.matcher(vkey.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("a key is written NAME+ID+BASE64");
    }
    byte[] typed = Base64.getDecoder().decode(form.group(3));
    if (typed.length != 1 + KEY_LENGTH || typed[0] != ED25519) {
      throw new IllegalArgumentException("only Ed25519 keys are known");
    }
    var key = new NoteKey(form.group(1), Arrays.copyOfRange(typed, 1, typed.length));
    if (!HexFormat.of().formatHex(key.id()).equals(form.group(2))) {
      throw new IllegalArgumentException("the id of the key is not its own");
    }
    return key;
  }

  /** The same key under another name, which gives it another id. */
  public NoteKey named(String other) {
    return new NoteKey(other, raw);
  }

  public String name() {
    return name;
  }

  /** The text form: {@code name+id+base64}. */
  public String vkey() {
    byte[] typed = new byte[1 + KEY_LENGTH];
    typed[0] = ED25519;
    System.arraycopy(raw, 0, typed, 1, KEY_LENGTH);
    return name
        + '+'
        + HexFormat.of().formatHex(id())
        + '+'
        + Base64.getEncoder().encodeToString(typed);
  }

  /** The first four bytes of a hash of name and key: tells keys of one name apart. */
  byte[] id() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(UTF_8));
      digest.update((byte) '\n');
      digest.update(ED25519);
      digest.update(raw);
      return Arrays.copyOf(digest.digest(), ID_LENGTH);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  boolean verifies(byte[] text, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(text);
      return verifier.verify(signature);
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this Java has no Ed25519", impossible);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NoteKey that && name.equals(that.name) && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return vkey();
  }
}
