package io.varve.projections.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.varve.postgres.keyfile.KeyForm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Ed25519 key pair in PEM (RFC 7468): the private key in PKCS #8 and after it the public one,
 * which Java does not work out from the other.
 */
final class SealKeyForm implements KeyForm<KeyPair> {

  private static final String ALGORITHM = "Ed25519";
  private static final String MALFORMED =
      "must hold an Ed25519 private key in PEM and after it its public key";

  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----"
              + "\\s*-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----\\s*");

  @Override
  public byte[] make() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return (pem("PRIVATE KEY", pair.getPrivate().getEncoded())
              + pem("PUBLIC KEY", pair.getPublic().getEncoded()))
          .getBytes(US_ASCII);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public KeyPair read(byte[] content) {
    Matcher parts = PEM.matcher(new String(content, US_ASCII));
    if (!parts.matches()) {
      throw new IllegalArgumentException(MALFORMED);
    }
    try {
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      PrivateKey secret = factory.generatePrivate(new PKCS8EncodedKeySpec(decode(parts.group(1))));
      PublicKey known = factory.generatePublic(new X509EncodedKeySpec(decode(parts.group(2))));
      requirePair(secret, known);
      return new KeyPair(known, secret);
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      throw new IllegalArgumentException(MALFORMED, malformed);
    }
  }

  private static void requirePair(PrivateKey secret, PublicKey known)
      throws GeneralSecurityException {
    byte[] anything = ALGORITHM.getBytes(US_ASCII);
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initSign(secret);
    signature.update(anything);
    byte[] signed = signature.sign();
    signature.initVerify(known);
    signature.update(anything);
    if (!signature.verify(signed)) {
      throw new IllegalArgumentException(MALFORMED);
    }
  }

  private static String pem(String label, byte[] encoded) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getEncoder().encodeToString(encoded), label);
  }

  private static byte[] decode(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }
}
