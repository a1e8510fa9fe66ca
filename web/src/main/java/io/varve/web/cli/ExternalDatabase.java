package io.varve.web.cli;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Migrations;
import io.varve.postgres.cluster.Durability;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL that someone else runs, as the environment names it. For the login {@code
 * VARVE_DB_URL}, {@code VARVE_DB_USER}, {@code VARVE_DB_PASSWORD} and {@code
 * VARVE_DB_PASSWORD_FILE}; for the owner the same after {@code VARVE_DB_OWNER_}. A password may
 * also be one of the secret files, {@code varve.db.password} or {@code varve.db.owner.password}. A
 * URL may carry user and password itself, in JDBC's form or libpq's ({@code
 * postgresql://user:password@host/database}).
 */
record ExternalDatabase(Map<String, String> environment, SecretFiles secrets) {

  ExternalDatabase(Map<String, String> environment) {
    this(environment, SecretFiles.of(environment));
  }

  boolean isNamed() {
    return environment.containsKey("VARVE_DB_URL");
  }

  ConnectionSettings login() {
    ConnectionSettings login = settings("VARVE_DB_", Migrations.LOGIN);
    if (!login.user().equals(Migrations.LOGIN)) {
      throw new Refused(
          "VARVE_DB_URL must log in as %s, which \"varve migrate\" creates, not as %s."
              .formatted(Migrations.LOGIN, login.user()));
    }
    return login;
  }

  ConnectionSettings owner() {
    return settings("VARVE_DB_OWNER_", "varve_owner");
  }

  /** Who may harden the server; needed once. */
  Optional<ConnectionSettings> superuser() {
    return value("VARVE_DB_SUPERUSER_URL") == null
        ? Optional.empty()
        : Optional.of(settings("VARVE_DB_SUPERUSER_", "postgres"));
  }

  /** Goes there once, so that a wrong password is one sentence now and not a stack trace later. */
  static ConnectionSettings checked(ConnectionSettings settings) {
    try {
      Durability.require(settings);
      return settings;
    } catch (SQLException e) {
      throw new Refused(
          "The database %s cannot be used as %s: %s."
              .formatted(settings.url(), settings.user(), Refused.reason(e)),
          e);
    }
  }

  private ConnectionSettings settings(String prefix, String defaultUser) {
    String given = value(prefix + "URL");
    if (given == null) {
      throw new Refused(
          "%sURL is not set; \"varve migrate --help\" explains it.".formatted(prefix));
    }
    Location location = parse(prefix + "URL", given);
    String user =
        Optional.ofNullable(value(prefix + "USER")).or(location::user).orElse(defaultUser);
    String password =
        Optional.ofNullable(value(prefix + "PASSWORD"))
            .or(() -> Optional.ofNullable(value(prefix + "PASSWORD_FILE")).map(this::read))
            .or(() -> secrets.read(secretName(prefix)))
            .or(location::password)
            .orElseThrow(
                () ->
                    new Refused(
                        "There is no password for %s: set %sPASSWORD_FILE."
                            .formatted(user, prefix)));
    return new ConnectionSettings(location.url(), user, password);
  }

  private static String secretName(String prefix) {
    return prefix.toLowerCase(Locale.ROOT).replace('_', '.') + "password";
  }

  private @Nullable String value(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new Refused("The password file %s cannot be read.".formatted(file), e);
    }
  }

  private record Location(String url, Optional<String> user, Optional<String> password) {}

  private static Location parse(String variable, String given) {
    try {
      URI uri = new URI(given.startsWith("jdbc:") ? given.substring(5) : given);
      if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
        throw new URISyntaxException("it", "is not a PostgreSQL URL");
      }
      String authority = Optional.ofNullable(uri.getRawAuthority()).orElse("localhost");
      String[] userInfo = beforeLast(authority, '@').split(":", 2);
      Map<String, String> query = query(Optional.ofNullable(uri.getRawQuery()).orElse(""));
      Optional<String> user =
          Optional.ofNullable(query.remove("user")).or(() -> decoded(userInfo, 0));
      Optional<String> password =
          Optional.ofNullable(query.remove("password")).or(() -> decoded(userInfo, 1));
      String rest =
          query.entrySet().stream()
              .map(e -> e.getKey() + "=" + e.getValue())
              .collect(Collectors.joining("&"));
      String host = authority.substring(authority.lastIndexOf('@') + 1);
      String url = "jdbc:postgresql://" + host + Optional.ofNullable(uri.getRawPath()).orElse("/");
      return new Location(rest.isEmpty() ? url : url + "?" + rest, user, password);
    } catch (URISyntaxException e) {
      // The text itself may hold a password.
      throw new Refused(
          "%s is not a URL like jdbc:postgresql://host:5432/varve.".formatted(variable));
    }
  }

  private static String beforeLast(String text, char mark) {
    return text.substring(0, Math.max(0, text.lastIndexOf(mark)));
  }

  private static Optional<String> decoded(String[] parts, int index) {
    return Arrays.stream(parts)
        .skip(index)
        .findFirst()
        .filter(part -> !part.isEmpty())
        .map(ExternalDatabase::decode);
  }

  private static Map<String, String> query(String query) {
    return Arrays.stream(query.split("&"))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> pair.length == 1 ? "" : credential(pair[0], pair[1]),
                (_, last) -> last,
                java.util.TreeMap::new));
  }

  private static String credential(String name, String value) {
    return name.equals("user") || name.equals("password") ? decode(value) : value;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
