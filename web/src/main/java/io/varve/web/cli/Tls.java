package io.varve.web.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HTTPS from PEM files, which are read again when they change. */
final class Tls {

  static final String BUNDLE = "server.ssl.bundle";
  static final String KEY = "spring.ssl.bundle.pem.varve.keystore.private-key";

  private Tls() {}

  /**
   * @return settings; none for plain HTTP
   */
  static Map<String, String> settings(@Nullable Path certificate, @Nullable Path key) {
    if (certificate == null && key == null) {
      return Map.of();
    }
    if (certificate == null || key == null) {
      throw new Refused("TLS needs both --tls-certificate and --tls-key.");
    }
    return Map.of(
        BUNDLE,
        "varve",
        "spring.ssl.bundle.pem.varve.keystore.certificate",
        location(certificate),
        KEY,
        location(key),
        "spring.ssl.bundle.pem.varve.reload-on-update",
        "true");
  }

  private static String location(Path file) {
    if (!Files.isReadable(file)) {
      throw new Refused("The file %s cannot be read.".formatted(file));
    }
    return "file:" + file.toAbsolutePath().normalize();
  }
}
