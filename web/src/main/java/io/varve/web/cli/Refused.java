package io.varve.web.cli;

import java.sql.SQLException;

/** A command cannot be carried out, for a reason that its user can mend. One sentence. */
final class Refused extends RuntimeException {

  Refused(String message) {
    super(message);
  }

  Refused(String message, Throwable cause) {
    super(message, cause);
  }

  /** The reason as PostgreSQL gives it, in one line and without its severity. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage())
        .lines()
        .findFirst()
        .orElse("no reason given")
        .replaceFirst("^[A-Z]+: ", "")
        .replaceFirst("\\.$", "");
  }
}
