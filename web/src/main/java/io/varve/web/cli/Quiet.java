package io.varve.web.cli;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** For a command whose output is what it says itself. */
final class Quiet {

  private Quiet() {}

  /** From here on only warnings are logged. */
  static void begin() {
    LoggingSystem.get(Quiet.class.getClassLoader())
        .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
  }
}
