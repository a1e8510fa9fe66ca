package io.varve.web.mfa;

import io.varve.command.Commands;
import io.varve.postgres.Database;
import io.varve.postgres.vault.Vault;
import io.varve.web.limit.SignInGuard;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class MfaConfiguration {

  @Bean
  static Authenticators authenticators(Database database, Vault vault, Clock clock) {
    return new Authenticators(database, vault, clock);
  }

  @Bean
  static RecoveryCodes recoveryCodes(Database database, Vault vault) {
    return new RecoveryCodes(database, vault);
  }

  @Bean
  static SecondFactors secondFactors(
      Authenticators authenticators,
      RecoveryCodes recoveryCodes,
      SignInGuard guard,
      Commands commands,
      Vault vault) {
    return new SecondFactors(authenticators, recoveryCodes, guard, commands, vault);
  }
}
