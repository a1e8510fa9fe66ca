package io.varve.postgres.backup;

import java.nio.file.Path;

/** A path in a command that PostgreSQL has a shell run. */
final class ShellWord {

  private ShellWord() {}

  /** One word to the shell, whatever is in it, and no placeholder to PostgreSQL. */
  static String of(Path path) {
    return "'" + path.toString().replace("'", "'\\''").replace("%", "%%") + "'";
  }
}
