package io.varve.web.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.postgres.cluster.DataFolder;
import io.varve.web.testing.SelfSigned;
import io.varve.web.testing.VarveProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user meets it: a process, its two streams and its exit code. */
class VarveProcessTest {

  @TempDir Path folder;

  @Test
  void itServesUntilItIsToldToStopAndThenNothingIsLeft() throws Exception {
    Process process = start(Map.of(), "up", "--port", "0", "--data", data());
    try {
      await().atMost(60, SECONDS).until(() -> out().contains("\n") || !process.isAlive());
      assertThat(out()).matches("Varve is ready at http://localhost:\\d+\n");
      String url = out().strip().replaceFirst(".* ", "");
      assertThat(get(url + "/health/ready")).isEqualTo(200);
      assertThat(Path.of(data(), "postgres/postmaster.pid")).exists();
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor(30, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(Path.of(data(), "postgres/postmaster.pid")).doesNotExist();
    assertThat(err()).isEmpty();
    assertThat(Path.of(data(), "log/varve.log")).content().contains("Varve has stopped");
  }

  @Test
  void anOccupiedPortIsOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      assertRefused(
          start(Map.of(), "up", "--port", port, "--data", data()),
          1,
          "Port %s is in use: choose another with --port, or stop the program that has it."
              .formatted(port));
    }
  }

  @Test
  void aDataFolderInUseIsOneSentence() throws Exception {
    try (DataFolder _ = DataFolder.open(Path.of(data()))) {
      assertRefused(
          start(Map.of(), "up", "--port", "0", "--data", data()),
          1,
          "The data folder %s is in use by another Varve (process %d)."
              .formatted(data(), ProcessHandle.current().pid()));
    }
  }

  @Test
  void aDatabaseThatCannotBeReachedIsOneSentence() throws Exception {
    Map<String, String> nowhere =
        Map.of("VARVE_DB_URL", "postgresql://varve_login:x@127.0.0.1:1/varve");
    Process process = start(nowhere, "up", "--port", "0", "--data", data());
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(out()).isEmpty();
    assertThat(err())
        .hasLineCount(1)
        .startsWith(
            "The database jdbc:postgresql://127.0.0.1:1/varve cannot be used as varve_login:");
  }

  @Test
  void anUnknownOptionIsOneSentence() throws Exception {
    assertRefused(
        start(Map.of(), "up", "--prot", "1"),
        2,
        "Unknown options: '--prot', '1' (\"varve up --help\" lists what there is)");
  }

  @Test
  void aPasswordOnTheCommandLineIsRefusedAndNotRepeated() throws Exception {
    Process process = start(Map.of(), "migrate", "--url", "postgresql://varve_owner:s3cr3t@db/v");
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(err())
        .hasLineCount(1)
        .startsWith("A password on the command line can be read by everybody")
        .contains("varve.db.password")
        .doesNotContain("s3cr3t");
  }

  @Test
  void productionDoesNotStartWhereItIsNotSafeAndSaysWhy() throws Exception {
    Process process =
        start(Map.of(), "up", "--port", "0", "--data", data(), "--demo", "--profile", "production");
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(out()).isEmpty();
    assertThat(err().lines())
        .satisfiesExactly(
            demo -> assertThat(demo).startsWith("This installation has the demo"),
            http -> assertThat(http).startsWith("Passwords would travel in the clear"));
    assertThat(Path.of(data(), "postgres")).doesNotExist();
  }

  @Test
  void productionServesHttps() throws Exception {
    var certificate = new SelfSigned(folder);
    Process process =
        start(
            Map.of(),
            "up",
            "--port",
            "0",
            "--data",
            data(),
            "--profile",
            "production",
            "--tls-certificate",
            certificate.certificate().toString(),
            "--tls-key",
            certificate.key().toString());
    try {
      await().atMost(60, SECONDS).until(() -> out().contains("\n") || !process.isAlive());
      assertThat(out()).matches("Varve is ready at https://localhost:\\d+\n");
      URI ready = URI.create(out().strip().replaceFirst(".* ", "") + "/health/ready");
      try (HttpClient client = HttpClient.newBuilder().sslContext(certificate.trust()).build()) {
        HttpResponse<Void> answer =
            client.send(
                HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
      }
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor(30, SECONDS)).isTrue();
  }

  /** Which would be refused by name if it were not read. */
  @Test
  void aSettingMayComeFromASecretFile() throws Exception {
    Path config = Files.createDirectories(Path.of(data(), "secrets/config"));
    Files.writeString(config.resolve("varve.profile"), "nonsense\n");
    assertRefused(
        start(Map.of(), "up", "--port", "0", "--data", data()),
        1,
        "There is no profile \"nonsense\": there are development and production.");
  }

  private void assertRefused(Process process, int exit, String sentence) throws Exception {
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(err()).isEqualTo(sentence + "\n");
    assertThat(out()).isEmpty();
    assertThat(process.exitValue()).isEqualTo(exit);
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    return VarveProcess.start(folder, environment, arguments);
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private static int get(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
