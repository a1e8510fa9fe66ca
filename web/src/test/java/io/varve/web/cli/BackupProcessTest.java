package io.varve.web.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.events.Json;
import io.varve.postgres.cluster.Connections;
import io.varve.postgres.cluster.EmbeddedCluster;
import io.varve.postgres.cluster.OwnedDatabase;
import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.VarveProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Backups as an operator makes and tries them: by commands of their own, beside a Varve. */
class BackupProcessTest {

  private static final Map<String, Object> RISK =
      Map.of(
          "title", "The backup tape is blank",
          "description", "",
          "category", "operations",
          "likelihood", 3,
          "impact", 5,
          "treatment", "mitigate",
          "controls", List.of());

  @TempDir Path folder;

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  @Test
  void whatIsBackedUpUnderLoadIsDrilledAndRestoredAndWhatIsWrongWithItIsFound() throws Exception {
    Process varve = start("up", "up", "--port", "0", "--data", path("data"));
    try {
      Api api = ready("up", varve);
      Api admin = new Newcomer(api).customer("tape").admin();
      backUpUnderLoad(admin);

      assertThat(drill("healthy")).isZero();
      JsonNode report = Json.read(out("healthy"), JsonNode.class);
      assertThat(report.path("ok").asBoolean()).isTrue();
      assertThat(report.path("events").asLong())
          .isPositive()
          .isEqualTo(report.path("position").asLong());
      assertThat(report.path("steps").valueStream().map(step -> step.path("step").asString()))
          .contains("Copying", "Replaying WAL", "Catching up", "Comparing");

      killABackup();
      tamper();
    } finally {
      stop(varve);
    }
    assertThat(
            run(
                "restore",
                "restore",
                "--from",
                path("backups"),
                "--data",
                path("restored"),
                "--keys",
                path("data/secrets")))
        .as(err("restore"))
        .isZero();
    assertThat(out("restore")).startsWith("Restored into %s".formatted(path("restored")));
    assertEverythingIsThere();

    assertThat(drill("tampered")).isEqualTo(1);
    assertThat(out("tampered")).contains("1 documents are not what the ledger says", "risk ");
    damage();
    assertThat(drill("damaged")).isEqualTo(1);
    assertThat(out("damaged")).contains("global/pg_control of the backup is damaged");
    assertThat(names("scratch")).isEmpty();
  }

  @Test
  void whatCannotBeIsOneSentence() throws Exception {
    assertThat(run("backup", "backup", "--to", path("backups"), "--data", path("data")))
        .isEqualTo(1);
    assertThat(err("backup"))
        .isEqualTo("There is no Varve in the folder %s.\n".formatted(path("data")));
    assertThat(run("restore", "restore", "--from", path("backups"), "--data", path("data")))
        .isEqualTo(1);
    assertThat(err("restore"))
        .isEqualTo("There is no backup of a Varve in the folder %s.\n".formatted(path("backups")));
    assertThat(run("at", "restore", "--from", path("x"), "--data", path("y"), "--at", "yesterday"))
        .isEqualTo(2);
    assertThat(err("at")).startsWith("Invalid value for option '--at'").hasLineCount(1);
  }

  private void backUpUnderLoad(Api admin) throws Exception {
    var done = new AtomicBoolean();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < 4; writer++) {
        writers.execute(
            () -> {
              while (!done.get()) {
                acknowledged.add(admin.post("/api/risks", RISK).is(201).id());
              }
            });
      }
      try {
        await().until(() -> acknowledged.size() > 20);
        assertThat(run("backup", "backup", "--to", path("backups"), "--data", path("data")))
            .as(err("backup"))
            .isZero();
      } finally {
        done.set(true);
      }
    }
    assertThat(out("backup"))
        .matches("Backed up to .*/base/\\d{8}T\\d{6}Z: \\d+ MB, up to position \\d+ .*\\n");
    assertThat(err("backup"))
        .contains("Copying ...", "The keys are not in it: keep a copy of " + path("data/secrets"));
  }

  private void killABackup() throws Exception {
    Process backup = start("killed", "backup", "--to", path("backups"), "--data", path("data"));
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .atMost(60, SECONDS)
        .until(() -> names("backups/base").stream().anyMatch(name -> name.endsWith(".part")));
    backup.destroyForcibly();
    assertThat(backup.waitFor(30, SECONDS)).isTrue();
    assertThat(names("backups/base")).filteredOn(name -> !name.endsWith(".part")).hasSize(1);
  }

  /** Where nothing but a comparison with the ledger shows it. */
  private void tamper() throws Exception {
    var superuser = EmbeddedCluster.superuserIn(Path.of(path("data"))).orElseThrow();
    try (var connection = Connections.open(OwnedDatabase.in(superuser, "varve"));
        var statement = connection.createStatement()) {
      await()
          .until(
              () ->
                  statement.executeUpdate(
                          """
                          update read.risk set doc = doc || '{"impact": 1}'
                           where id = (select id from read.risk order by id desc limit 1)
                          """)
                      == 1);
    }
  }

  private void assertEverythingIsThere() throws Exception {
    Process varve = start("again", "up", "--port", "0", "--data", path("restored"));
    try {
      Api admin = ready("again", varve).signedIn("tape@varve.test", Newcomer.PASSWORD);
      assertThat(admin.get("/api/me").is(200).json().toString()).contains("tape@varve.test");
      for (String id : acknowledged) {
        admin.get("/api/risks/" + id).is(200);
      }
      drillWithWhatWasRestoredByOtherMeans();
    } finally {
      stop(varve);
    }
  }

  private void drillWithWhatWasRestoredByOtherMeans() throws Exception {
    Path restored = Path.of(path("restored"));
    Map<String, String> database =
        Map.of(
            "VARVE_DB_URL",
            EmbeddedCluster.runningIn(restored).orElseThrow(),
            "VARVE_DB_PASSWORD_FILE",
            restored.resolve("secrets/postgres-login").toString());
    Path streams = Files.createDirectories(folder.resolve("outside.streams"));
    Process drill = VarveProcess.start(streams, database, "drill");
    assertThat(drill.waitFor(120, SECONDS)).isTrue();
    assertThat(drill.exitValue()).isEqualTo(1);
    assertThat(out("outside"))
        .contains("Differs: risk ", "The drill failed: 1 documents are not what the ledger says.");
  }

  private void damage() throws IOException {
    Path base =
        folder
            .resolve("backups/base")
            .resolve(
                names("backups/base").stream()
                    .filter(name -> !name.endsWith(".part"))
                    .findFirst()
                    .orElseThrow());
    Path control = base.resolve("files/global/pg_control");
    byte[] bytes = Files.readAllBytes(control);
    bytes[8] ^= 1;
    Files.write(control, bytes);
  }

  private int drill(String name) throws Exception {
    Files.createDirectories(folder.resolve("scratch"));
    return run(name, "drill", "--from", path("backups"), "--scratch", path("scratch"), "--json");
  }

  private Api ready(String name, Process varve) {
    await().atMost(90, SECONDS).until(() -> out(name).contains("\n") || !varve.isAlive());
    return Api.at(out(name).strip().replaceFirst(".* ", ""));
  }

  private static void stop(Process varve) throws InterruptedException {
    varve.destroy();
    assertThat(varve.waitFor(60, SECONDS)).isTrue();
  }

  private int run(String name, String... arguments) throws Exception {
    Process process = start(name, arguments);
    assertThat(process.waitFor(120, SECONDS)).isTrue();
    return process.exitValue();
  }

  private Process start(String name, String... arguments) throws IOException {
    return VarveProcess.start(
        Files.createDirectories(folder.resolve(name + ".streams")), Map.of(), arguments);
  }

  private List<String> names(String name) throws IOException {
    Path parent = folder.resolve(name);
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String out(String name) {
    return read(name, "out");
  }

  private String err(String name) {
    return read(name, "err");
  }

  private String read(String name, String stream) {
    try {
      return Files.readString(folder.resolve(name + ".streams").resolve(stream));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
