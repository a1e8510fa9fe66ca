package io.varve.web.cli;

import io.varve.events.tenancy.KeyRing;
import io.varve.postgres.keyfile.KeyFiles;
import io.varve.postgres.keyfile.KeyFiles.Version;
import io.varve.web.auth.SigningKeys;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Adds versions of keys; who is running notices them by itself. */
@Command(
    mixinStandardHelpOptions = true,
    name = "rotate",
    description = {
      "Adds a new version of a key, and prints how long the old one is good. A running Varve",
      "takes it into use within seconds. Without an option: of the key that signs tokens."
    })
final class RotateKeys implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The installation's folder (${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(names = "--tokens", description = "The key that signs access tokens.")
  private boolean tokens;

  @Option(names = "--api-keys", description = "The key that API keys are hashed with.")
  private boolean apiKeys;

  @Option(
      names = "--key-encryption-key",
      description = "The key that wraps the keys of all tenants.")
  private boolean keyEncryptionKey;

  @Option(names = "--seal-key", description = "The key that signs checkpoints of the ledger.")
  private boolean sealKey;

  @Override
  public Integer call() {
    var keys = new InstalledKeys(data);
    for (KeyRing ring : wanted()) {
      KeyFiles<?> versions = keys.versions(ring);
      // An installation that has not started yet has no first version to rotate.
      versions.current();
      Version<?> added = versions.add();
      System.out.printf(
          "%s: version %d was added. %s%n", Keys.name(ring), added.number(), sequel(ring, added));
    }
    return 0;
  }

  private Set<KeyRing> wanted() {
    var wanted = EnumSet.noneOf(KeyRing.class);
    if (apiKeys) {
      wanted.add(KeyRing.API_KEYS);
    }
    if (keyEncryptionKey) {
      wanted.add(KeyRing.KEY_ENCRYPTION_KEY);
    }
    if (sealKey) {
      wanted.add(KeyRing.SEAL_KEY);
    }
    if (tokens || wanted.isEmpty()) {
      wanted.add(KeyRing.TOKENS);
    }
    return wanted;
  }

  private static String sequel(KeyRing ring, Version<?> added) {
    return switch (ring) {
      case TOKENS ->
          "Tokens that were signed before are good until they expire, %s at the latest."
              .formatted(SigningKeys.goodUntil(added.since()).truncatedTo(ChronoUnit.SECONDS));
      case API_KEYS -> "What was hashed before is good for as long as the old file is there.";
      case KEY_ENCRYPTION_KEY ->
          "A running Varve wraps all keys anew; \"varve keys\" tells when no tenant needs the old one.";
      case SEAL_KEY ->
          "The old key vouches for it with the next checkpoint, and must not be deleted before."
              + " What it signed is good for ever.";
    };
  }
}
