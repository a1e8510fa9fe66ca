package io.varve.postgres.cluster;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server process of one data folder. It is started by {@code pg_ctl}, which puts it in a
 * session of its own: Ctrl-C in a terminal then reaches the JVM alone, and the JVM stops the server
 * last.
 */
final class Postmaster {

  private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long LOG_LIMIT = 16L << 20;

  /** Of postmaster.pid, counted from 0. */
  private static final int PORT_LINE = 3;

  private static final int STATUS_LINE = 7;

  private static final String RESTORED = "restored log file";

  private final Binaries binaries;
  private final Path data;
  private final Path serverLog;
  private final List<String> disguise;

  Postmaster(Binaries binaries, Path data, Path serverLog) {
    this.binaries = binaries;
    this.data = data;
    this.serverLog = serverLog;
    this.disguise = RootDisguise.prefix();
  }

  /** Creates the server's files where there are none; half-made ones of a crash are thrown away. */
  void initialise(Path superuserPassword, Map<String, String> settings) throws IOException {
    if (Files.exists(data.resolve("PG_VERSION"))) {
      String version = Files.readString(data.resolve("PG_VERSION")).strip();
      if (!version.equals("18")) {
        throw new ClusterException(
            "The data in %s is of PostgreSQL %s, but this is PostgreSQL 18: upgrade it first."
                .formatted(data, version));
      }
      return;
    }
    Path draft = data.resolveSibling(data.getFileName() + ".new");
    Folders.delete(draft);
    List<String> command =
        new ArrayList<>(
            List.of(
                binaries.program("initdb"),
                "--pgdata=" + draft,
                "--username=postgres",
                "--pwfile=" + superuserPassword,
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                // The order of text must not change with the machine's C library.
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions"));
    settings.forEach((name, value) -> command.add("--set=" + name + "=" + value));
    Outcome outcome = run(command);
    if (outcome.exit() != 0) {
      throw new ClusterException(
          "PostgreSQL could not create its files in %s; %s has the details."
              .formatted(draft, serverLog));
    }
    Files.writeString(
        draft.resolve("pg_hba.conf"),
        """
        # Written by Varve. One way in: TCP on this machine, with a password.
        host all all 127.0.0.1/32 scram-sha-256
        """);
    Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Starts the server and answers its port. */
  int start(Map<String, String> settings) throws IOException {
    rotateLog();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      int port = freePort();
      long logged = logged();
      if (run(startCommand(port, settings)).exit() == 0) {
        return port;
      }
      String said = tail(logged);
      // A port can be taken between the choice and the start; after a postmaster was killed its
      // children need a moment to notice.
      boolean passing =
          said.contains("could not bind")
              || said.contains("could not create any TCP/IP sockets")
              || said.contains("shared memory block");
      if (!passing || System.nanoTime() > deadline) {
        throw new ClusterException(
            "PostgreSQL did not start in %s: %s."
                .formatted(data, fatalLine(said).orElse("see " + serverLog)));
      }
    }
  }

  private List<String> startCommand(int port, Map<String, String> settings) {
    StringBuilder options = new StringBuilder("-p " + port);
    settings.forEach(
        (name, value) -> options.append(" -c ").append(name).append('=').append(value));
    return List.of(
        binaries.program("pg_ctl"),
        "start",
        "--pgdata=" + data,
        "--log=" + serverLog,
        "--wait",
        "--timeout=600",
        "--silent",
        "--options=" + options);
  }

  /**
   * Waits until the server takes connections, which it does not while it recovers.
   *
   * @param restored told, now and then, how many WAL segments have been fetched from an archive
   * @return what the server has logged meanwhile
   */
  String awaitReady(long loggedBefore, LongConsumer restored) throws IOException {
    StringBuilder said = new StringBuilder();
    long read = loggedBefore;
    while (true) {
      List<String> pidFile = pidFile(data);
      boolean alive = process(pidFile).isPresent();
      String news = tail(read);
      read += news.getBytes(StandardCharsets.UTF_8).length;
      said.append(news);
      restored.accept(said.toString().lines().filter(line -> line.contains(RESTORED)).count());
      if (alive && pidFile.size() > STATUS_LINE && pidFile.get(STATUS_LINE).startsWith("ready")) {
        return said.toString();
      }
      if (!alive && news.isEmpty()) {
        throw new ClusterException(fatalLine(said.toString()).orElse("see " + serverLog));
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** How much the server has logged so far. */
  long logged() throws IOException {
    return Files.exists(serverLog) ? Files.size(serverLog) : 0;
  }

  /**
   * Gives the superuser another password while no server runs: nobody else can come in meanwhile.
   *
   * @param verifier as PostgreSQL stores it
   */
  void resetPassword(String user, String verifier) throws IOException {
    List<String> command = new ArrayList<>(disguise);
    command.addAll(List.of(binaries.program("postgres"), "--single", "-D", data.toString()));
    command.add("postgres");
    ProcessBuilder builder = server(command);
    Process single = builder.start();
    try (Writer in = single.outputWriter(StandardCharsets.US_ASCII)) {
      in.write("alter role %s password '%s'\n".formatted(user, verifier));
    }
    if (waitFor(single) != 0) {
      throw new IOException(
          "its password cannot be reset; %s has the details".formatted(serverLog));
    }
  }

  /** Ends open transactions, writes a checkpoint, and waits until the server is gone. */
  void stop() throws IOException {
    if (stop("fast").exit() != 0 && orphan().isPresent()) {
      stopAtOnce();
    }
  }

  /** Leaves everything as a crash would. */
  void stopAtOnce() throws IOException {
    stop("immediate");
  }

  private Outcome stop(String mode) throws IOException {
    List<String> stop = new ArrayList<>(List.of(binaries.program("pg_ctl"), "stop", "--silent"));
    stop.addAll(List.of("--pgdata=" + data, "--wait", "--timeout=120", "--mode=" + mode));
    return run(stop);
  }

  /**
   * Makes way after a JVM that was killed: its server may still run, or have left its pid file. The
   * caller holds the folder's lock, so no living Varve owns that server.
   */
  void clearAway() throws IOException {
    Optional<ProcessHandle> orphan = orphan();
    if (orphan.isPresent()) {
      log.info("Stopping the PostgreSQL that an earlier process left running in {}", data);
      stop();
      waitFor(orphan.get());
    }
    // PostgreSQL would refuse to start when the number in a stale file is another process by now.
    Files.deleteIfExists(data.resolve("postmaster.pid"));
  }

  private void waitFor(ProcessHandle process) {
    CompletableFuture<ProcessHandle> gone = process.onExit();
    try {
      gone.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new ClusterException(
          "The PostgreSQL left running in %s (process %d) does not stop."
              .formatted(data, process.pid()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("Interrupted while PostgreSQL stopped.", e);
    }
  }

  Optional<ProcessHandle> orphan() throws IOException {
    return process(pidFile(data)).filter(this::servesThisFolder);
  }

  /** The port of the server that runs on that data directory, if one does. */
  static Optional<Integer> port(Path data) throws IOException {
    List<String> lines = pidFile(data);
    return process(lines)
        .filter(process -> lines.size() > PORT_LINE)
        .map(process -> Integer.valueOf(lines.get(PORT_LINE).strip()));
  }

  private static List<String> pidFile(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static Optional<ProcessHandle> process(List<String> pidFile) {
    if (pidFile.isEmpty() || !pidFile.getFirst().strip().matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(pidFile.getFirst().strip()))
        .filter(ProcessHandle::isAlive);
  }

  /** A pid may have been given to someone else since. */
  private boolean servesThisFolder(ProcessHandle process) {
    Path workingFolder = Path.of("/proc", Long.toString(process.pid()), "cwd");
    try {
      if (Files.isSymbolicLink(workingFolder)) {
        return Files.isSameFile(workingFolder, data)
            && process.info().command().filter(c -> c.contains("postgres")).isPresent();
      }
    } catch (IOException e) {
      log.debug("Cannot tell what process {} is", process.pid(), e);
    }
    return process.info().commandLine().filter(c -> c.contains(data.toString())).isPresent();
  }

  private Outcome run(List<String> command) throws IOException {
    List<String> whole = new ArrayList<>(disguise);
    whole.addAll(command);
    return new Outcome(waitFor(server(whole).start()));
  }

  private ProcessBuilder server(List<String> command) throws IOException {
    Files.writeString(serverLog, "", CREATE, APPEND);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(serverLog.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("Interrupted while PostgreSQL was started or stopped.", e);
    }
  }

  private record Outcome(int exit) {}

  private void rotateLog() throws IOException {
    if (Files.exists(serverLog) && Files.size(serverLog) > LOG_LIMIT) {
      Path older = serverLog.resolveSibling(serverLog.getFileName() + ".1");
      Files.move(serverLog, older, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private String tail(long from) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(serverLog.toFile(), "r")) {
      file.seek(from);
      byte[] bytes = new byte[(int) Math.min(file.length() - from, 64 << 10)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static Optional<String> fatalLine(String said) {
    return said.lines()
        .filter(line -> line.contains("FATAL:"))
        .map(line -> line.substring(line.indexOf("FATAL:") + 6).strip())
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
