package io.varve.web.demo;

import io.varve.postgres.Database;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.vault.Vault;
import io.varve.projections.Projections;
import io.varve.web.auth.Accounts;
import io.varve.web.auth.Passwords;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The demo costs nothing until it is asked for. */
@Lazy
@Configuration(proxyBeanMethods = false)
public class DemoConfiguration {

  @Bean
  static DemoInstallation demoInstallation(
      Database database,
      Vault vault,
      Passwords passwords,
      Accounts accounts,
      DataFolder folder,
      Clock clock,
      Projections projections) {
    return new DemoInstallation(
        new Demo(database, vault, passwords),
        accounts,
        folder,
        clock,
        () -> projections.health().lag());
  }
}
