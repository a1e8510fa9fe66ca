package io.varve.web.cli;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.VarveProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The program is killed in the middle of a load, and started again on what it left. */
class CrashTest {

  private static final int WRITERS = 16;
  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 150;

  @TempDir Path folder;

  /** The number of each write that was acknowledged, by the id of its risk. */
  private final ConcurrentMap<String, Long> acknowledged = new ConcurrentHashMap<>();

  private @Nullable Process process;

  @AfterEach
  void stop() throws InterruptedException {
    running().destroy();
    assertThat(running().waitFor(30, SECONDS)).isTrue();
  }

  @Test
  void whatWasAcknowledgedOutlivesTheProcessAndThenItsDatabaseToo() throws Exception {
    Api api = start();
    Newcomer.Customer customer = new Newcomer(api).customer("crash");
    writeUntilKilled(
        customer.admin(), ACKNOWLEDGED_BEFORE_THE_KILL, () -> kill(running().toHandle()));
    Api admin = start().signedIn("crash@varve.test", Newcomer.PASSWORD);
    assertNothingIsLostOrHalfThere(admin);

    writeUntilKilled(admin, 2 * ACKNOWLEDGED_BEFORE_THE_KILL, this::killWithDatabase);
    assertNothingIsLostOrHalfThere(start().signedIn("crash@varve.test", Newcomer.PASSWORD));
  }

  private Api start() throws IOException {
    process =
        VarveProcess.start(folder, Map.of(), "up", "--port", "0", "--data", data().toString());
    await().atMost(90, SECONDS).until(() -> out().contains("\n") || !running().isAlive());
    assertThat(out()).startsWith("Varve is ready at ");
    return Api.at(out().strip().replaceFirst(".* ", ""));
  }

  private void writeUntilKilled(Api admin, int enough, Runnable kill) {
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < WRITERS; writer++) {
        writers.execute(() -> write(admin));
      }
      await().atMost(60, SECONDS).until(() -> acknowledged.size() >= enough);
      kill.run();
    }
  }

  /** Writes until nobody answers. */
  private void write(Api admin) {
    for (boolean answered = true; answered; ) {
      answered = writeOne(admin);
    }
  }

  private boolean writeOne(Api admin) {
    try {
      Api.Answer answer = admin.post("/api/risks", RISK).is(201);
      acknowledged.put(answer.id(), Long.parseLong(answer.number()));
      return true;
    } catch (UncheckedIOException gone) {
      return false;
    }
  }

  private static final Map<String, Object> RISK =
      Map.of(
          "title", "Ransomware stops the plant",
          "description", "",
          "category", "operations",
          "likelihood", 3,
          "impact", 5,
          "treatment", "mitigate",
          "controls", List.of());

  private void assertNothingIsLostOrHalfThere(Api admin) {
    List<JsonNode> trail = all(admin, "/api/audit?limit=200&order=oldest-first");
    assertThat(trail.stream().map(event -> event.path("number").asLong()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, trail.size()).boxed().toList());
    List<String> identified =
        trail.stream()
            .filter(event -> event.path("type").asString().equals("risk.identified"))
            .map(event -> event.path("id").asString())
            .toList();
    assertThat(identified).doesNotHaveDuplicates().containsAll(acknowledged.keySet());
    acknowledged.forEach(
        (id, number) ->
            assertThat(trail.get((int) (number - 1)).path("id").asString()).isEqualTo(id));

    Api caughtUp = admin.with("Varve-Number", Long.toString(trail.size()));
    await().atMost(30, SECONDS).until(() -> caughtUp.get("/api/risks").status() == 200);
    Set<String> listed = new HashSet<>();
    all(caughtUp, "/api/risks?limit=200").forEach(risk -> listed.add(risk.path("id").asString()));
    assertThat(listed).containsExactlyInAnyOrderElementsOf(identified);
  }

  private static List<JsonNode> all(Api api, String list) {
    var found = new ArrayList<JsonNode>();
    String next = list;
    while (next != null) {
      JsonNode page = api.get(next).is(200).json();
      page.path("items").forEach(found::add);
      next = page.has("next") ? list + "&cursor=" + page.path("next").asString() : null;
    }
    return found;
  }

  private Process running() {
    return requireNonNull(process);
  }

  private void killWithDatabase() {
    kill(running().toHandle());
    try {
      String pid = Files.readAllLines(data().resolve("postgres/postmaster.pid")).getFirst();
      ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(CrashTest::kill);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void kill(ProcessHandle victim) {
    victim.destroyForcibly();
    await().atMost(30, SECONDS).until(() -> !victim.isAlive());
  }

  private Path data() {
    return folder.resolve("data");
  }

  private String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }
}
