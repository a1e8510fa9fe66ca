package io.varve.web.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost and its key as PEM files, made by the JDK's keytool. */
public final class SelfSigned {

  private static final char[] PASSWORD = "for-the-moment".toCharArray();

  private final Path folder;
  private Certificate current;

  public SelfSigned(Path folder) {
    this.folder = folder;
    this.current = make();
  }

  public Path certificate() {
    return folder.resolve("certificate.pem");
  }

  public Path key() {
    return folder.resolve("key.pem");
  }

  /** The certificate that the files hold. */
  public Certificate current() {
    return current;
  }

  /** Puts another certificate and key into the files. */
  public void renew() {
    current = make();
  }

  /** What a client has that trusts the certificate in the files, and nobody else. */
  public SSLContext trust() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("varve", current);
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Certificate make() {
    Path store = folder.resolve("made.p12");
    try {
      Files.deleteIfExists(store);
      keytool(store);
      KeyStore made = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        made.load(in, PASSWORD);
      }
      Certificate certificate = made.getCertificate("varve");
      write(key(), "PRIVATE KEY", made.getKey("varve", PASSWORD).getEncoded());
      write(certificate(), "CERTIFICATE", certificate.getEncoded());
      return certificate;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keytool(Path store) throws IOException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "varve",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, String what, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(
        draft, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what));
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
