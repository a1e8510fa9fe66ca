package io.varve.web.erasure;

import io.varve.command.Commands;
import io.varve.postgres.Database;
import io.varve.postgres.ledger.Holds;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.PersonalTraces;
import io.varve.postgres.vault.Vault;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class ErasureConfiguration {

  @Bean
  static Holds holds(Database database) {
    return new Holds(database);
  }

  @Bean
  static PersonalTraces personalTraces(Database database) {
    return new PersonalTraces(database);
  }

  @Bean
  static Findings findings(
      Database database,
      Vault vault,
      Holds holds,
      PersonalTraces traces,
      List<ErasedSubject> elsewhere) {
    Stream<ErasedSubject> own =
        Stream.of(new PersonalSecrets(database, vault), new KeyHashes(database));
    return new Findings(
        holds,
        traces,
        Stream.of(own, PersonalRows.all(database).stream(), elsewhere.stream())
            .flatMap(each -> each)
            .toList());
  }

  @Bean
  static RetiredTenants retiredTenants(Database database, Clock clock) {
    return new RetiredTenants(new LedgerReader(database), clock);
  }

  @Bean(initMethod = "start")
  static Eraser eraser(Database database, Vault vault, Findings findings, Commands commands) {
    return new Eraser(database, vault, findings, commands);
  }
}
