package io.varve.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.command.CommandSide;
import io.varve.command.Commands;
import io.varve.command.Installation;
import io.varve.command.notice.Tally;
import io.varve.postgres.Database;
import io.varve.postgres.Expiring;
import io.varve.postgres.Expiry;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.vault.KeyEncryptionKey;
import io.varve.postgres.vault.Vault;
import io.varve.projections.Projections;
import io.varve.projections.Projections.Part;
import io.varve.projections.Settings;
import io.varve.query.QuerySide;
import io.varve.web.http.Secrets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The parts below HTTP. They stop in the reverse order, once the web server has answered what it
 * had accepted: the processors, the ledger's writer, the connections.
 */
@Configuration(proxyBeanMethods = false)
public class PartsConfiguration {

  private static final int CONNECTIONS = 24;

  @Bean
  static Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  static Database database(DatabaseSettings settings) {
    return new Database(settings.login(), CONNECTIONS);
  }

  @Bean
  static Vault vault(Database database, KeyEncryptionKey kek) {
    return new Vault(database, kek, Installation.platform(database));
  }

  @Bean
  static Secrets secrets(Vault vault) {
    return new Secrets(vault);
  }

  @Bean
  static CommandSide commandSide(Database database, Clock clock) {
    return new CommandSide(database, clock);
  }

  @Bean
  static Commands commands(CommandSide commandSide) {
    return commandSide.commands();
  }

  @Bean
  static Tally tally(CommandSide commandSide) {
    return commandSide.tally();
  }

  @Bean
  static Expiry expiry(Database database, Clock clock, List<Expiring> all) {
    return new Expiry(database, clock, all);
  }

  @Bean
  static QuerySide querySide(Database database, Clock clock, DataFolder folder) {
    return new QuerySide(database, clock, folder.secret("cursors").getBytes(UTF_8));
  }

  /**
   * Takes the command side so as to stop before it. The data folder is one process's at a time, so
   * the node that has it after a crash is the node that had it before.
   */
  @Bean(initMethod = "start")
  static Projections projections(
      Database database,
      Clock clock,
      QuerySide queries,
      DataFolder folder,
      CommandSide stopsAfterwards) {
    return new Projections(
        database,
        clock,
        Settings.DEFAULT,
        folder.secret("node"),
        EnumSet.allOf(Part.class),
        queries.readYourWrites()::moved);
  }

  /** Part of {@code /health/ready}: the database answers, and the processors run. */
  @Bean
  static HealthIndicator projectionsHealthIndicator(Projections projections) {
    return () -> (projections.health().ok() ? Health.up() : Health.down()).build();
  }
}
