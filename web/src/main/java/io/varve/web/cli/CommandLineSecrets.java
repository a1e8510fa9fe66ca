package io.varve.web.cli;

import java.util.Arrays;
import java.util.Properties;
import java.util.regex.Pattern;

/** Every user of a machine can read what a process was started with. */
final class CommandLineSecrets {

  static final String SENTENCE =
      "A password on the command line can be read by everybody on this machine: put it into a file"
          + " of DIR/secrets/config or of the folder that VARVE_SECRETS names, such as"
          + " varve.db.password or varve.mail.password, and change it.";

  /** In a URL before its host or in its query, or as an option. */
  private static final Pattern SECRET =
      Pattern.compile(
          "://[^/\\s@]*:[^/\\s@]+@|(^|[?&;\\s])password=|^-[^=]*(password|passphrase|secret)",
          Pattern.CASE_INSENSITIVE);

  /** What {@code VARVE_JAVA_OPTS} may have given to the JVM. */
  private static final Pattern SECRET_SETTING =
      Pattern.compile(
          "(varve|server|spring)\\..*(password|passphrase|secret)", Pattern.CASE_INSENSITIVE);

  private CommandLineSecrets() {}

  static boolean isIn(String... arguments) {
    return Arrays.stream(arguments).anyMatch(argument -> SECRET.matcher(argument).find())
        || isIn(System.getProperties());
  }

  static boolean isIn(Properties properties) {
    return properties.stringPropertyNames().stream()
        .anyMatch(name -> SECRET_SETTING.matcher(name).matches());
  }
}
