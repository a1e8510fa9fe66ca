package io.varve.web.keys;

import io.varve.command.Commands;
import io.varve.events.tenancy.KeyRing;
import io.varve.postgres.Database;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.vault.KeyEncryptionKey;
import io.varve.postgres.vault.KeyFile;
import io.varve.postgres.vault.Pepper;
import io.varve.postgres.vault.Rewrapping;
import io.varve.projections.seal.SealKeys;
import io.varve.web.auth.PlatformTenant;
import io.varve.web.auth.SigningKeys;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The installation's keys that are in files. */
@Configuration(proxyBeanMethods = false)
public class KeysConfiguration {

  @Bean
  static KeyEncryptionKey keyEncryptionKey(DataFolder folder) {
    return KeyFile.open(folder.secretFile(KeyFile.NAME));
  }

  @Bean
  static Pepper pepper(DataFolder folder) {
    return Pepper.open(folder.secretFile(Pepper.NAME));
  }

  @Bean(initMethod = "start")
  static KeyWatch keyWatch(
      SigningKeys signing,
      Pepper pepper,
      KeyEncryptionKey kek,
      SealKeys seals,
      Database database,
      Commands commands,
      PlatformTenant platform) {
    return new KeyWatch(
        Map.of(
            KeyRing.TOKENS, signing::version,
            KeyRing.API_KEYS, pepper::version,
            KeyRing.KEY_ENCRYPTION_KEY, kek::version,
            KeyRing.SEAL_KEY, seals::version),
        new Rewrapping(database, kek),
        commands,
        platform.id());
  }
}
