package io.varve.web.cli;

import static java.util.Locale.ROOT;

import io.varve.events.tenancy.KeyRing;
import io.varve.postgres.keyfile.KeyFiles.Version;
import io.varve.web.auth.SigningKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows which versions there are. Nothing here ever prints a key. */
@Command(
    mixinStandardHelpOptions = true,
    name = "keys",
    description =
        "Lists the versions of this installation's keys, and what each is still needed for.",
    subcommands = RotateKeys.class,
    footer = {
      "",
      "Each version is a file in DIR/secrets, and one that is not needed any more may be",
      "deleted. To end all tokens of a signing key at once, rotate it and delete its file."
    })
final class Keys implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The installation's folder (${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Override
  public Integer call() {
    var keys = new InstalledKeys(data);
    for (KeyRing ring : KeyRing.values()) {
      list(keys, ring);
    }
    return 0;
  }

  static String name(KeyRing ring) {
    return ring.name().toLowerCase(ROOT).replace('_', '-');
  }

  private static void list(InstalledKeys keys, KeyRing ring) {
    List<? extends Version<?>> versions = keys.versions(ring).versions();
    for (int i = 0; i < versions.size(); i++) {
      Version<?> version = versions.get(i);
      boolean current = i == versions.size() - 1;
      System.out.printf(
          "%-18s  version %-3d  %s  %8s old  %s%n",
          name(ring),
          version.number(),
          version.since().truncatedTo(ChronoUnit.SECONDS),
          age(Duration.between(version.since(), Instant.now())),
          current ? "current" : use(keys, ring, version, versions.get(i + 1)));
    }
  }

  private static String use(
      InstalledKeys keys, KeyRing ring, Version<?> old, Version<?> successor) {
    return switch (ring) {
      case TOKENS -> {
        Instant until = SigningKeys.goodUntil(successor.since());
        yield until.isBefore(Instant.now())
            ? "not needed"
            : "verifies until " + until.truncatedTo(ChronoUnit.SECONDS);
      }
      case API_KEYS ->
          "needed by the API keys that were not used since version " + successor.number();
      case KEY_ENCRYPTION_KEY -> wraps(keys.wrapped(), old.number());
      case SEAL_KEY -> "needed until it has vouched for version " + successor.number();
    };
  }

  private static String wraps(Optional<Map<Integer, Long>> wrapped, int version) {
    if (wrapped.isEmpty()) {
      return "what it wraps is told while the database runs";
    }
    long tenants = wrapped.get().getOrDefault(version, 0L);
    return tenants == 0
        ? "needed by older backups of the database alone"
        : "still wraps the keys of %d tenants".formatted(tenants);
  }

  private static String age(Duration age) {
    return age.toDays() > 0
        ? age.toDays() + " d"
        : age.toHours() > 0 ? age.toHours() + " h" : age.toMinutes() + " min";
  }
}
