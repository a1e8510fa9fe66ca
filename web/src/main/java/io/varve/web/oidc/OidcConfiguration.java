package io.varve.web.oidc;

import io.varve.command.Commands;
import io.varve.postgres.Database;
import io.varve.postgres.Expiring;
import io.varve.postgres.vault.Vault;
import io.varve.web.auth.Accounts;
import io.varve.web.auth.Callers;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Signing in with an identity provider. */
@Configuration(proxyBeanMethods = false)
public class OidcConfiguration {

  /** Whether a provider may be within a private network, or on this host without TLS. */
  static final String ALLOW_PRIVATE = "varve.oidc.allow-private";

  @Bean
  static Outbound outbound(Environment environment) {
    return new Outbound(environment.getProperty(ALLOW_PRIVATE, Boolean.class, false));
  }

  @Bean
  static Discovery discovery(Outbound outbound) {
    return new Discovery(outbound);
  }

  @Bean
  static CodeFlow codeFlow(Discovery discovery, Outbound outbound) {
    return new CodeFlow(discovery, outbound);
  }

  @Bean
  static SignIns signIns(Database database, Clock clock) {
    return new SignIns(database, clock);
  }

  @Bean
  static Expiring signInsExpiring() {
    return SignIns.EXPIRING;
  }

  @Bean
  static KnownProviders knownProviders(Database database) {
    return new KnownProviders(database);
  }

  @Bean
  static Vouched vouched(
      Accounts accounts,
      Callers callers,
      Commands commands,
      KnownProviders providers,
      Vault vault) {
    return new Vouched(accounts, callers, commands, providers, vault);
  }
}
