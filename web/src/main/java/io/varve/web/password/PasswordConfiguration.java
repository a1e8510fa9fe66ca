package io.varve.web.password;

import io.varve.command.Commands;
import io.varve.postgres.Database;
import io.varve.postgres.vault.Vault;
import io.varve.web.auth.Accounts;
import io.varve.web.auth.Callers;
import io.varve.web.mail.Mail;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
public class PasswordConfiguration {

  @Bean
  static Links links(Database database, Clock clock) {
    return new Links(database, clock);
  }

  /** Takes the commands so as to stop before them. */
  @Bean
  static Letters letters(Mail mail, Commands stopAfterwards) {
    return new Letters(mail);
  }

  @Bean
  static PasswordLinks passwordLinks(
      Links links,
      Letters letters,
      Environment environment,
      Accounts accounts,
      Callers callers,
      Commands commands,
      Vault vault,
      Clock clock) {
    return new PasswordLinks(
        links, letters, new PublicUrl(environment), accounts, callers, commands, vault, clock);
  }
}
