package io.varve.postgres.testing;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.cluster.ClusterException;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.cluster.EmbeddedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one server of this JVM: Testcontainers where a Docker engine answers, else our own binaries.
 * {@code VARVE_TEST_DB} (environment or system property) forces {@code docker}, {@code embedded} or
 * a JDBC URL that carries its {@code user} and {@code password}.
 */
record TestServer(ConnectionSettings settings) {

  private static final Logger log = LoggerFactory.getLogger(TestServer.class);
  private static final String IMAGE = "postgres:18.3";

  /** Started by whoever asks first. */
  static TestServer shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final TestServer SERVER = start();
  }

  private static TestServer start() {
    String choice =
        Optional.ofNullable(System.getProperty("VARVE_TEST_DB"))
            .or(() -> Optional.ofNullable(System.getenv("VARVE_TEST_DB")))
            .filter(value -> !value.isBlank())
            .orElseGet(() -> dockerAnswers() ? "docker" : "embedded");
    return switch (choice.toLowerCase(Locale.ROOT)) {
      case "docker" -> docker();
      case "embedded" -> embedded();
      default -> external(choice);
    };
  }

  /** Asks Testcontainers only where there is something to ask: its search is slow and noisy. */
  private static boolean dockerAnswers() {
    boolean plausible =
        System.getenv("DOCKER_HOST") != null
            || System.getenv("TESTCONTAINERS_HOST_OVERRIDE") != null
            || Stream.of(
                    Path.of("/var/run/docker.sock"),
                    home(".docker/run/docker.sock"),
                    home(".docker/desktop/docker.sock"),
                    home(".testcontainers.properties"))
                .anyMatch(Files::exists);
    return plausible && DockerClientFactory.instance().isDockerAvailable();
  }

  private static Path home(String path) {
    return Path.of(System.getProperty("user.home", "."), path);
  }

  /** Stopped by Testcontainers when the JVM ends. */
  @SuppressWarnings("resource")
  private static TestServer docker() {
    PostgreSQLContainer container =
        new PostgreSQLContainer(IMAGE)
            .withDatabaseName("postgres")
            .withUsername("postgres")
            .withCommand(
                "postgres -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
                    + " -c max_connections=200 -c jit=off");
    container.start();
    return new TestServer(
        new ConnectionSettings(
            "jdbc:postgresql://%s:%d/postgres"
                .formatted(container.getHost(), container.getMappedPort(5432)),
            container.getUsername(),
            container.getPassword()));
  }

  private static TestServer embedded() {
    Path all = Path.of("target", "test-postgres").toAbsolutePath();
    sweep(all);
    DataFolder folder = DataFolder.open(all.resolve(Long.toString(ProcessHandle.current().pid())));
    EmbeddedCluster cluster = EmbeddedCluster.startDisposable(folder);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  cluster.close();
                  folder.close();
                  delete(folder.root());
                },
                "stop test PostgreSQL"));
    return new TestServer(cluster.superuser());
  }

  private static TestServer external(String url) {
    Properties properties = Driver.parseURL(url, null);
    if (properties == null) {
      throw new IllegalArgumentException(
          "VARVE_TEST_DB is neither docker, embedded nor a JDBC URL");
    }
    return new TestServer(
        new ConnectionSettings(
            url.replaceFirst("\\?.*", ""),
            properties.getProperty("user", "postgres"),
            properties.getProperty("password", "")));
  }

  /** Servers of test runs that were killed are stopped here, by the next run. */
  private static void sweep(Path all) {
    if (!Files.isDirectory(all)) {
      return;
    }
    try (Stream<Path> folders = Files.list(all)) {
      for (Path path : folders.toList()) {
        try (DataFolder abandoned = DataFolder.open(path)) {
          EmbeddedCluster.stopAbandoned(abandoned);
          delete(abandoned.root());
        } catch (ClusterException e) {
          log.debug("Another test run's server is left alone", e);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
