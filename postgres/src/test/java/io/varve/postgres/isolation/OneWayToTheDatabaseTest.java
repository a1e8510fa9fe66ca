package io.varve.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A scope has one source. Whoever can run any SQL over the login can take any role and tenant, so
 * no other code may try.
 */
class OneWayToTheDatabaseTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path OURS = Path.of("postgres");

  /**
   * Takes or leaves a scope, keeps something over transactions, or shows what the planner knows.
   */
  private static final Pattern SCOPE =
      Pattern.compile(
          "set_config|\\b(re)?set\\s+((local|session)\\s+)?role\\b|\\bset\\s+session\\b"
              + "|\\bset\\s+local\\s+(?!synchronous_commit|enable_|jit|plan_cache_mode)|\\bdiscard\\s+all"
              + "|\\bwith\\s+hold\\b|\\bcreate\\s+temp|pg_advisory|(^|\")\\s*explain\\s+(\\(|analyze|verbose|select)",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private static final Pattern CONNECTION =
      Pattern.compile(
          "\\b(DriverManager|HikariDataSource|PGSimpleDataSource|JdbcTemplate|JdbcClient)\\b");

  @Test
  void onlyDatabaseTakesAScope() {
    assertThat(
            files().filter(file -> !OURS.equals(module(file))).filter(file -> holds(file, SCOPE)))
        .isEmpty();
    assertThat(
            files()
                .filter(file -> OURS.equals(module(file)) && file.toString().endsWith(".java"))
                .filter(file -> holds(file, SCOPE))
                .map(file -> String.valueOf(file.getFileName())))
        .containsExactlyInAnyOrder("Database.java", "Migrations.java");
  }

  /** The benchmarks' peers go their own way, on databases of their own. */
  @Test
  void onlyThisModuleOpensConnections() {
    assertThat(
            files()
                .filter(file -> !List.of(OURS, Path.of("bench")).contains(module(file)))
                .filter(file -> holds(file, CONNECTION)))
        .isEmpty();
  }

  private static Path module(Path file) {
    return ROOT.relativize(file).getName(0);
  }

  private static boolean holds(Path file, Pattern pattern) {
    try {
      return pattern.matcher(Files.readString(file)).find();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Stream<Path> files() {
    try (Stream<Path> modules = Files.list(ROOT)) {
      List<Path> files =
          modules
              .map(module -> module.resolve("src/main"))
              .filter(Files::isDirectory)
              .flatMap(OneWayToTheDatabaseTest::walk)
              .filter(file -> file.toString().matches(".*\\.(java|kt|sql|yaml|yml|properties)"))
              .toList();
      assertThat(files).anyMatch(file -> file.endsWith("Database.java"));
      return files.stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Stream<Path> walk(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList().stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
