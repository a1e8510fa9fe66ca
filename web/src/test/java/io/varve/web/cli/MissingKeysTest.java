package io.varve.web.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingKeysTest {

  @TempDir Path data;

  @Test
  void aFolderThatWasRestoredWithoutItsKeysWaitsForThem() throws IOException {
    Path secrets = Files.createDirectories(data.resolve("secrets"));
    Files.writeString(secrets.resolve("postgres-owner"), "new");
    var missing = new MissingKeys(data);
    missing.require();
    missing.remember();
    assertThatThrownBy(missing::require)
        .isInstanceOf(Refused.class)
        .hasMessageContaining("was restored without its keys: put them into " + secrets);
    Files.writeString(secrets.resolve("key-encryption-key.2"), "the newest");
    missing.require();
    assertThat(data.resolve("KEYS-MISSING")).doesNotExist();
  }
}
