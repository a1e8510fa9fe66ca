package io.varve.web.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import io.varve.postgres.cluster.ClusterException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * The RSA key that access tokens are signed with, in a PKCS #8 file that only its owner may read.
 */
final class SigningKey {

  static final String FILE = "token-signing-key.pem";
  private static final int BITS = 3072;
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  private SigningKey() {}

  /**
   * Reads the key, or makes it where there is none. Its id is the key's thumbprint (RFC 7638).
   *
   * @throws ClusterException if the file cannot be read, or others than its owner may read it
   */
  static RSAKey at(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        throw new ClusterException(
            "The signing key %s may be used by others than its owner: chmod 600 it."
                .formatted(file));
      }
      return parse(Files.readString(file, US_ASCII));
    } catch (IOException e) {
      throw new ClusterException("The signing key %s cannot be read.".formatted(file), e);
    } catch (GeneralSecurityException | JOSEException | IllegalArgumentException e) {
      throw new ClusterException("The signing key %s is not an RSA key.".formatted(file), e);
    }
  }

  private static RSAKey parse(String pem) throws GeneralSecurityException, JOSEException {
    String base64 = pem.replace(BEGIN, "").replace(END, "");
    var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
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

  private static void create(Path file) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(BITS);
    KeyPair pair = generator.generateKeyPair();
    String pem =
        BEGIN
            + '\n'
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded())
            + '\n'
            + END
            + '\n';
    Path draft = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(draft);
    try (FileChannel out =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      out.write(US_ASCII.encode(pem));
      out.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
