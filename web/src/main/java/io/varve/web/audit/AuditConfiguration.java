package io.varve.web.audit;

import io.varve.postgres.Database;
import io.varve.postgres.Expiring;
import io.varve.projections.Projections;
import io.varve.query.QuerySide;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What follows the trail. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditSettings.class)
public class AuditConfiguration {

  @Bean
  static AuditStreams auditStreams(
      QuerySide queries,
      AuditViews views,
      JsonMapper json,
      Database database,
      Projections projections,
      AuditSettings settings) {
    var streams =
        new AuditStreams(
            queries.auditTrail(),
            views,
            json,
            new StreamLeases(database, settings.streams()),
            settings.heartbeat());
    projections.watch(streams.pulse()::beat);
    return streams;
  }

  @Bean
  static Expiring auditStreamsExpiring() {
    return StreamLeases.EXPIRING;
  }
}
