package io.varve.web.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Migrations;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalDatabaseTest {

  @Test
  void aUrlMayCarryItsCredentialsInEitherForm() {
    ConnectionSettings expected =
        new ConnectionSettings("jdbc:postgresql://db:5433/v?ssl=true", "varve_login", "p@+s");
    assertThat(login("jdbc:postgresql://db:5433/v?user=varve_login&password=p%40%2Bs&ssl=true"))
        .isEqualTo(expected);
    assertThat(login("postgresql://varve_login:p%40+s@db:5433/v?ssl=true")).isEqualTo(expected);
  }

  @Test
  void aPasswordMayComeFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "secret\n");
    assertThat(
            new ExternalDatabase(
                    Map.of(
                        "VARVE_DB_URL",
                        "jdbc:postgresql://db/v",
                        "VARVE_DB_PASSWORD_FILE",
                        file.toString()))
                .login())
        .isEqualTo(new ConnectionSettings("jdbc:postgresql://db/v", "varve_login", "secret"));
  }

  @Test
  void whatIsMissingOrWrongIsOneSentenceWithoutThePassword() {
    assertThatThrownBy(() -> new ExternalDatabase(Map.of()).owner())
        .hasMessage("VARVE_DB_OWNER_URL is not set; \"varve migrate --help\" explains it.");
    assertThatThrownBy(() -> login("jdbc:postgresql://db/v"))
        .hasMessage("There is no password for varve_login: set VARVE_DB_PASSWORD_FILE.");
    assertThatThrownBy(() -> login("mysql://root:secret@db/v"))
        .hasMessage("VARVE_DB_URL is not a URL like jdbc:postgresql://host:5432/varve.");
    assertThatThrownBy(() -> login("postgresql://varve_owner:secret@db/v"))
        .hasMessageContaining("must log in as varve_login")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aDatabaseThatItMayNotUseIsOneSentence() {
    try (TestDatabase database = TestDatabase.create()) {
      ConnectionSettings wrong = database.as("nobody_knows", "wrong");
      assertThatThrownBy(() -> ExternalDatabase.checked(wrong))
          .isInstanceOf(Refused.class)
          .hasMessageMatching(
              "The database jdbc:postgresql://.* cannot be used as nobody_knows: password"
                  + " authentication failed for user \"nobody_knows\"\\.");
    }
  }

  private static ConnectionSettings login(String url) {
    return new ExternalDatabase(Map.of("VARVE_DB_URL", url)).login();
  }

  @Test
  void whetherAServerIsHardenedShows() throws SQLException {
    try (TestDatabase database = TestDatabase.create()) {
      Sql.run(
          database.superuser(),
          "grant execute on function pg_terminate_backend(integer, bigint) to public");
      assertThat(Migrations.isHardened(database.owner())).isFalse();
      Migrations.harden(database.superuser());
      assertThat(Migrations.isHardened(database.owner())).isTrue();
    }
  }
}
