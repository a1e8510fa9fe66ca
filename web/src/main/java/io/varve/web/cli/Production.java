package io.varve.web.cli;

import io.varve.web.demo.DemoInstallation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/** Why an installation is not fit for production. */
record Production(ConfigurableEnvironment settings, Path data, ExternalDatabase external) {

  /** Those of docker-compose.yml, and what people type when they mean to come back later. */
  private static final Set<String> DEFAULT_PASSWORDS =
      Set.of(
          "varve-login-dev",
          "varve-owner-dev",
          "postgres-dev",
          "varve",
          "postgres",
          "password",
          "secret",
          "changeme");

  private static final List<String> TLS =
      List.of(Tls.BUNDLE, "server.ssl.certificate", "server.ssl.key-store");

  /** Those who may read a mounted secret are sometimes a group; nobody else may change it. */
  private static final Set<PosixFilePermission> TOO_MUCH =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.GROUP_WRITE);

  /** One sentence each; none if it is fit. */
  List<String> reasons() {
    var reasons = new ArrayList<String>();
    if (Files.exists(data.resolve(DemoInstallation.FILE))
        || settings.getProperty(Profile.DEMO, Boolean.class, false)) {
      reasons.add(
          "This installation has the demo, whose passwords are in %s: production needs another data folder."
              .formatted(data.resolve(DemoInstallation.FILE)));
    }
    if (external.isNamed() && DEFAULT_PASSWORDS.contains(external.login().password())) {
      reasons.add("The password of varve_login is a default that everybody knows: set another.");
    }
    if (TLS.stream().noneMatch(settings::containsProperty) && trustedProxies().isEmpty()) {
      reasons.add(
          "Passwords would travel in the clear: give --tls-certificate and --tls-key, or name the"
              + " proxy that speaks HTTPS in varve.trusted-proxies.");
    }
    secretFiles()
        .filter(Production::isOpen)
        .map(file -> "Others can read or change %s: chmod 600 it.".formatted(file))
        .forEach(reasons::add);
    return reasons;
  }

  private List<String> trustedProxies() {
    return Binder.get(settings)
        .bind("varve.trusted-proxies", Bindable.listOf(String.class))
        .orElse(List.of());
  }

  private Stream<Path> secretFiles() {
    Stream<Path> key =
        Stream.ofNullable(settings.getProperty(Tls.KEY))
            .filter(location -> location.startsWith("file:"))
            .map(location -> Path.of(location.substring("file:".length())));
    return Stream.of(filesIn(data.resolve("secrets")), filesIn(external.secrets().folder()), key)
        .flatMap(files -> files)
        .distinct()
        .sorted();
  }

  private static Stream<Path> filesIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOpen(Path file) {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(TOO_MUCH::contains);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
