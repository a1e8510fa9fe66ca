package io.varve.postgres.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.postgres.vault.Pepper.Peppered;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PepperTest {

  @TempDir Path folder;

  @Test
  void aHashIsAnHmacUnderTheKeyInTheFile() throws Exception {
    Peppered hash = pepper().hash("vrv_abc_secret");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Files.readAllBytes(folder.resolve("pepper")), "HmacSHA256"));
    byte[] expected = mac.doFinal("vrv_abc_secret".getBytes(UTF_8));
    assertThat(hash)
        .isEqualTo(
            new Peppered(1, Base64.getUrlEncoder().withoutPadding().encodeToString(expected)));
  }

  @Test
  void onlyTheSecretThatWasHashedMatches() {
    Pepper pepper = pepper();
    Peppered hash = pepper.hash("secret");
    assertThat(pepper().matches(hash, "secret")).isTrue();
    assertThat(pepper.matches(hash, "Secret")).isFalse();
    assertThat(pepper.matches(hash, "")).isFalse();
    assertThat(pepper.matches(new Peppered(2, hash.hash()), "secret")).isFalse();
    assertThat(pepper.matches(new Peppered(1, ""), "secret")).isFalse();
  }

  @Test
  void whatWasHashedBeforeARotationMatchesUntilTheOldFileIsDeleted() throws Exception {
    Pepper running = pepper();
    Peppered old = running.hash("secret");
    Pepper.files(folder.resolve("pepper")).add();
    Peppered anew = pepper().hash("secret");
    assertThat(anew.version()).isEqualTo(2);
    assertThat(anew.hash()).isNotEqualTo(old.hash());
    assertThat(running.matches(anew, "secret")).isTrue();
    assertThat(running.matches(old, "secret")).isTrue();
    Files.delete(folder.resolve("pepper"));
    assertThat(pepper().matches(old, "secret")).isFalse();
    assertThat(pepper().matches(anew, "secret")).isTrue();
  }

  private Pepper pepper() {
    return Pepper.open(folder.resolve("pepper"));
  }
}
