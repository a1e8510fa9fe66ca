package io.varve.web.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import io.varve.postgres.keyfile.KeyForm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** RSA keys in PEM (RFC 7468) around PKCS #8. */
final class RsaKeyForm implements KeyForm<RSAKey> {

  private static final int BITS = 3072;
  private static final int FEWEST_BITS = 2048;
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  @Override
  public byte[] make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
      String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
      return (BEGIN + '\n' + base64 + '\n' + END + '\n').getBytes(US_ASCII);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public RSAKey read(byte[] content) {
    try {
      String base64 = new String(content, US_ASCII).replace(BEGIN, "").replace(END, "");
      RSAKey key = key(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
      if (key.size() < FEWEST_BITS) {
        throw new IllegalArgumentException(
            "must hold an RSA key of %d bits or more".formatted(FEWEST_BITS));
      }
      return key;
    } catch (GeneralSecurityException | JOSEException malformed) {
      throw new IllegalArgumentException("must hold an RSA key in PEM", malformed);
    }
  }

  private static RSAKey key(PKCS8EncodedKeySpec spec)
      throws GeneralSecurityException, JOSEException {
    KeyFactory rsa = KeyFactory.getInstance("RSA");
    if (!(rsa.generatePrivate(spec) instanceof RSAPrivateCrtKey secret)) {
      throw new GeneralSecurityException("no public exponent");
    }
    var known =
        rsa.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent()));
    return new RSAKey.Builder((RSAPublicKey) known)
        .privateKey(secret)
        .keyIDFromThumbprint()
        .build();
  }
}
