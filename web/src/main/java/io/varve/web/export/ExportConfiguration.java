package io.varve.web.export;

import io.varve.command.Commands;
import io.varve.postgres.Database;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.ledger.Holds;
import io.varve.postgres.vault.Vault;
import io.varve.projections.seal.SealKeys;
import io.varve.query.QuerySide;
import io.varve.query.export.BundleMaking;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Exports, put together. */
@Configuration(proxyBeanMethods = false)
public class ExportConfiguration {

  /**
   * @param shared where bundles are kept, the same on every node; absent for {@code exports} in the
   *     data folder
   */
  @Bean
  static BundleFolder bundleFolder(
      DataFolder data, @Value("${varve.exports.folder:#{null}}") @Nullable Path shared) {
    return new BundleFolder(shared == null ? data.root().resolve("exports") : shared);
  }

  @Bean
  static ExportJobs exportJobs(Database database) {
    return new ExportJobs(database);
  }

  @Bean
  static BundleMaking bundleMaking(Database database, Vault vault, QuerySide queries, Clock clock) {
    return new BundleMaking(database, vault, queries.seals(), clock);
  }

  @Bean
  static Downloads downloads(BundleFolder folder, Commands commands) {
    return new Downloads(folder, commands);
  }

  @Bean(initMethod = "start")
  static ExportRunner exportRunner(
      Database database,
      BundleMaking making,
      SealKeys keys,
      QuerySide queries,
      Commands commands,
      ExportJobs jobs,
      BundleFolder folder) {
    return new ExportRunner(
        database, making, keys::signer, queries.readYourWrites(), commands, jobs, folder);
  }

  @Bean(initMethod = "start")
  static ExportExpiry exportExpiry(
      Database database,
      Holds holds,
      Commands commands,
      ExportJobs jobs,
      BundleFolder folder,
      Clock clock) {
    return new ExportExpiry(database, holds, commands, jobs, folder, clock);
  }

  @Bean
  static ToldTexts toldTexts(
      Database database,
      Holds holds,
      BundleMaking making,
      SealKeys keys,
      Commands commands,
      ExportJobs jobs,
      BundleFolder folder) {
    return new ToldTexts(database, holds, making, keys::signer, commands, jobs, folder);
  }
}
