package io.varve.bench.start;

import io.varve.bench.Benchmark;
import io.varve.bench.Effort;
import io.varve.bench.Measurement;
import io.varve.bench.Rounds;
import io.varve.bench.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How long {@code varve up} takes on a folder that has data, and how much memory the program and
 * its PostgreSQL hold once it is at rest. There is no peer: the targets are absolute.
 */
public final class Start implements Benchmark {

  private static final long REST_SECONDS = 5;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public List<Measurement> run(Effort effort) throws Exception {
    Path launcher = launcher();
    Files.createDirectories(effort.folder());
    Path data = Files.createTempDirectory(effort.folder().toAbsolutePath(), "start-");
    Path varve = data.resolve("data");
    try {
      // Builds, trains and fills the folder; what it takes does not count.
      try (Running demo = Running.up(launcher, varve, "--demo")) {
        if (!demo.isReady()) {
          Running.up(launcher, varve).close();
        }
      }
      var memory = new ArrayList<Double>();
      double[] seconds =
          Rounds.medians(
              effort.rounds(),
              List.of(
                  () -> {
                    long began = System.nanoTime();
                    try (Running running = Running.up(launcher, varve)) {
                      double took = (System.nanoTime() - began) / 1e9;
                      running.requireReady();
                      TimeUnit.SECONDS.sleep(REST_SECONDS);
                      memory.add(running.mebibytes());
                      return took;
                    }
                  }));
      double[] resident = memory.stream().mapToDouble(Double::doubleValue).toArray();
      return List.of(
          new Measurement("start", seconds[0], null, "s", Target.atMost(6)),
          new Measurement(
              "start, memory", Rounds.median(resident), null, "MiB", Target.atMost(700)));
    } finally {
      delete(data);
    }
  }

  /** Beside the module that this class was built in. */
  private static Path launcher() throws URISyntaxException {
    Path code = Path.of(Start.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    for (Path folder = code; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("varve"))) {
        return folder.resolve("varve");
      }
    }
    throw new IllegalStateException("the launcher \"varve\" is not above " + code);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** A running program and the server that it has started. */
  private record Running(Process process, Path data, boolean isReady) implements AutoCloseable {

    /** Returns when the program has said that it is ready, or has ended. */
    static Running up(Path launcher, Path data, String... more) throws IOException {
      var command = new ArrayList<String>();
      command.addAll(List.of(launcher.toString(), "up", "--port", "0", "--data", data.toString()));
      command.addAll(List.of(more));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
      String line = said.readLine();
      while (line != null && !line.startsWith("Varve is ready")) {
        line = said.readLine();
      }
      return new Running(process, data, line != null);
    }

    void requireReady() {
      if (!isReady) {
        throw new IllegalStateException("varve up did not get ready");
      }
    }

    /** The proportional set sizes of all its processes: what two share is counted once. */
    double mebibytes() throws IOException {
      Path pid = data.resolve("postgres").resolve("postmaster.pid");
      long postmaster = Long.parseLong(Files.readAllLines(pid).getFirst().strip());
      ProcessHandle server = ProcessHandle.of(postmaster).orElseThrow();
      long kibibytes = 0;
      for (ProcessHandle one :
          Stream.of(
                  Stream.of(process.toHandle(), server),
                  process.descendants(),
                  server.descendants())
              .flatMap(handles -> handles)
              .distinct()
              .toList()) {
        kibibytes += proportional(one.pid());
      }
      return kibibytes / 1024.0;
    }

    private static long proportional(long pid) throws IOException {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")).stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    }

    @Override
    public void close() {
      process.destroy();
      try {
        process.waitFor();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
