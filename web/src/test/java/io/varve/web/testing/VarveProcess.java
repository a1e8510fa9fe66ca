package io.varve.web.testing;

import io.varve.web.Varve;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program as a process of its own, as a user starts it. */
public final class VarveProcess {

  private VarveProcess() {}

  /**
   * Starts the program, its two streams going to the files {@code out} and {@code err}. A test may
   * ask it as often as it likes.
   *
   * @param folder takes both files
   * @param environment of the process, beside what this one has and is not Varve's
   */
  public static Process start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                productionClassPath(),
                Varve.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("VARVE_"));
    for (String limit : List.of("LOGIN", "AUTH", "ADDRESS", "TENANT")) {
      builder.environment().put("VARVE_LIMITS_%s_REQUESTS".formatted(limit), "1000000");
    }
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Without the tests' own logging configuration. */
  private static String productionClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
