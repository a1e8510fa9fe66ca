package io.varve.web.keys;

import io.varve.events.tenancy.KeyRing;
import io.varve.postgres.keyfile.KeyFiles;
import io.varve.postgres.vault.KeyFile;
import io.varve.postgres.vault.Pepper;
import io.varve.projections.seal.SealKeys;
import io.varve.web.auth.SigningKeys;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;

/** The files of each of the installation's keys. */
public final class RingFiles {

  private RingFiles() {}

  /**
   * @param secret the file of a secret's name
   */
  public static KeyFiles<?> of(KeyRing ring, Function<String, Path> secret) {
    return switch (ring) {
      case TOKENS -> SigningKeys.files(secret.apply(SigningKeys.NAME), InstantSource.system());
      case API_KEYS -> Pepper.files(secret.apply(Pepper.NAME));
      case KEY_ENCRYPTION_KEY -> KeyFile.files(secret.apply(KeyFile.NAME));
      case SEAL_KEY -> SealKeys.files(secret.apply(SealKeys.NAME), InstantSource.system());
    };
  }
}
