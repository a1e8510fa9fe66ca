package io.varve.web.cli;

import io.varve.postgres.cluster.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The folder of settings that are secret, each a file that is named like the setting and holds its
 * value: {@code secrets/config} in the data folder, or what {@code VARVE_SECRETS} names.
 */
record SecretFiles(Path folder) {

  private static final String VARIABLE = "VARVE_SECRETS";
  private static final String USUAL = "secrets/config";

  static SecretFiles of(Map<String, String> environment, DataFolder data) {
    String named = environment.get(VARIABLE);
    return new SecretFiles(named == null ? data.root().resolve(USUAL) : existing(named));
  }

  /** For a command that has no data folder. */
  static SecretFiles of(Map<String, String> environment) {
    String named = environment.get(VARIABLE);
    return new SecretFiles(named == null ? Path.of("data", USUAL) : existing(named));
  }

  /** The secret of that name, if there is one. */
  Optional<String> read(String name) {
    Path file = folder.resolve(name);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new Refused("The secret %s cannot be read.".formatted(file), e);
    }
  }

  private static Path existing(String named) {
    Path folder = Path.of(named).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new Refused("%s names %s, which is no folder.".formatted(VARIABLE, folder));
    }
    return folder;
  }
}
