package io.varve.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineSecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://varve:secret@db/varve",
        "--url=jdbc:postgresql://db/varve?user=varve&password=x",
        "--db-password",
        "--varve.mail.password=x",
        "password=x"
      })
  void aPasswordIsSeenWhereverItStands(String argument) {
    assertThat(CommandLineSecrets.isIn("up", argument)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--tls-key=key.pem", "--data=/srv/password", "jdbc:postgresql://db:5432/v", "-v"})
  void whatHoldsNoneIsTaken(String argument) {
    assertThat(CommandLineSecrets.isIn("up", argument)).isFalse();
  }

  @Test
  void theJvmIsGivenNoneEither() {
    var properties = new Properties();
    properties.setProperty("java.home", "/jdk");
    assertThat(CommandLineSecrets.isIn(properties)).isFalse();
    properties.setProperty("varve.mail.password", "x");
    assertThat(CommandLineSecrets.isIn(properties)).isTrue();
  }
}
