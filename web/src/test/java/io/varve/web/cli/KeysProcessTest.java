package io.varve.web.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.VarveProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys as an operator rotates them: by commands of their own, beside a Varve that runs. */
class KeysProcessTest {

  @TempDir Path folder;

  @Test
  void keysAreRotatedAndListedWhileVarveRuns() throws Exception {
    Process varve = start("up", "up", "--port", "0", "--data", data());
    try {
      await().atMost(90, SECONDS).until(() -> out("up").contains("\n") || !varve.isAlive());
      Api api = Api.at(out("up").strip().replaceFirst(".* ", ""));
      Api operator = new Newcomer(api).operator();

      List<Process> both =
          List.of(
              start("one", "keys", "rotate", "--data", data()),
              start("other", "keys", "rotate", "--tokens", "--data", data()));
      for (Process rotating : both) {
        assertThat(rotating.waitFor(60, SECONDS)).isTrue();
        assertThat(rotating.exitValue()).isZero();
      }
      assertThat(List.of(out("one"), out("other")))
          .allMatch(
              line ->
                  line.matches("tokens: version [23] was added\\. .*, \\S+Z at the latest\\.\n"))
          .doesNotHaveDuplicates();
      await().atMost(10, SECONDS).until(() -> keys(api) == 3);
      operator.get("/api/me").is(200);

      run(
          "all",
          "keys",
          "rotate",
          "--key-encryption-key",
          "--api-keys",
          "--seal-key",
          "--data",
          data());
      assertThat(out("all"))
          .contains(
              "api-keys: version 2 was added.",
              "key-encryption-key: version 2 was added.",
              "seal-key: version 2 was added.");
      await().atMost(10, SECONDS).until(() -> listed().contains("older backups"));
      assertThat(listed().lines())
          .hasSize(9)
          .filteredOn(line -> line.endsWith("current"))
          .hasSize(4);
      assertThat(listed())
          .contains(
              "verifies until", "not used since version 2", "until it has vouched for version 2");
      assertThat(err("list")).isEmpty();
    } finally {
      varve.destroy();
      assertThat(varve.waitFor(30, SECONDS)).isTrue();
    }
    assertThat(listed()).contains("what it wraps is told while the database runs");
  }

  @Test
  void whereThereIsNoVarveThereIsNothingToRotate() throws Exception {
    Process process = start("none", "keys", "rotate", "--data", data());
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(err("none")).isEqualTo("There is no Varve in the folder %s.\n".formatted(data()));
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Path.of(data())).doesNotExist();
  }

  @Test
  void aKeyFileThatOthersMayReadIsOneSentence() throws Exception {
    Path secrets = Files.createDirectories(Path.of(data(), "secrets"));
    Path file = Files.write(secrets.resolve("key-encryption-key"), new byte[32]);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Process process = start("up", "up", "--port", "0", "--data", data());
    assertThat(process.waitFor(90, SECONDS)).isTrue();
    assertThat(err("up"))
        .isEqualTo(
            "The key file %s must be readable by its owner alone (chmod 600).\n".formatted(file));
    assertThat(process.exitValue()).isEqualTo(1);
  }

  private static int keys(Api api) {
    return api.get("/.well-known/jwks.json").is(200).json().path("keys").size();
  }

  private String listed() throws Exception {
    run("list", "keys", "--data", data());
    return out("list");
  }

  private void run(String name, String... arguments) throws Exception {
    Process process = start(name, arguments);
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue()).as(err(name)).isZero();
  }

  private Process start(String name, String... arguments) throws IOException {
    return VarveProcess.start(Files.createDirectories(folder.resolve(name)), Map.of(), arguments);
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private String out(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("out"));
  }

  private String err(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("err"));
  }
}
