package io.varve.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ProductionTest {

  private static final Map<String, Object> BEHIND_A_PROXY =
      Map.of("varve.trusted-proxies", "10.0.0.1");

  @TempDir Path data;

  @BeforeEach
  void anInstallation() throws IOException {
    Files.createDirectories(data.resolve("secrets/config"));
    secret("key-encryption-key", "rw-------");
    secret("config/varve.mail.password", "r--r-----");
  }

  @Test
  void behindATrustedProxyOrWithACertificateItIsFit() throws IOException {
    assertThat(reasons(BEHIND_A_PROXY, Map.of())).isEmpty();
    Path key = Files.writeString(data.resolve("tls.pem"), "key");
    permit(key, "rw-r-----");
    assertThat(reasons(tls(key), Map.of())).isEmpty();
  }

  @Test
  void inPlainHttpItIsNot() {
    assertThat(reasons(Map.of(), Map.of()))
        .singleElement()
        .asString()
        .contains("--tls-certificate", "varve.trusted-proxies");
  }

  @Test
  void withTheDemoItIsNot() throws IOException {
    Files.writeString(data.resolve("demo.json"), "{}");
    assertThat(reasons(BEHIND_A_PROXY, Map.of()))
        .singleElement()
        .asString()
        .startsWith("This installation has the demo");
  }

  @Test
  void withAPasswordThatEverybodyKnowsItIsNot() {
    String url = "postgresql://varve_login:%s@db/varve";
    assertThat(reasons(BEHIND_A_PROXY, Map.of("VARVE_DB_URL", url.formatted("varve-login-dev"))))
        .containsExactly(
            "The password of varve_login is a default that everybody knows: set another.");
    assertThat(reasons(BEHIND_A_PROXY, Map.of("VARVE_DB_URL", url.formatted("kZ7-own-and-long"))))
        .isEmpty();
  }

  @Test
  void withAKeyThatOthersCanReadItIsNot() throws IOException {
    secret("token-signing-key.pem", "rw-r--r--");
    secret("config/varve.db.password", "rw-rw----");
    Path key = Files.writeString(data.resolve("tls.pem"), "key");
    permit(key, "r--r--r--");
    assertThat(reasons(tls(key), Map.of()))
        .containsExactly(
            "Others can read or change %s: chmod 600 it."
                .formatted(data.resolve("secrets/config/varve.db.password")),
            "Others can read or change %s: chmod 600 it."
                .formatted(data.resolve("secrets/token-signing-key.pem")),
            "Others can read or change %s: chmod 600 it.".formatted(key));
  }

  private List<String> reasons(Map<String, Object> settings, Map<String, String> environment) {
    var all = new StandardEnvironment();
    all.getPropertySources().addFirst(new MapPropertySource("given", settings));
    var secrets = new SecretFiles(data.resolve("secrets/config"));
    return new Production(all, data, new ExternalDatabase(environment, secrets)).reasons();
  }

  private static Map<String, Object> tls(Path key) {
    return Map.of(Tls.BUNDLE, "varve", Tls.KEY, "file:" + key);
  }

  private void secret(String name, String permissions) throws IOException {
    permit(Files.writeString(data.resolve("secrets").resolve(name), "secret"), permissions);
  }

  private static void permit(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
