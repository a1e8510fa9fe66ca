package io.varve.bench.append;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.varve.bench.Callers;
import io.varve.bench.Server;
import io.varve.bench.append.Workload.Streams;
import io.varve.command.Links;
import io.varve.command.StreamCommand;
import io.varve.command.risk.RiskAggregate;
import io.varve.command.stream.StreamKey;
import io.varve.events.access.Caller;
import io.varve.events.risk.RiskId;
import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Database;
import java.time.Duration;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import tools.jackson.databind.EnumNamingStrategies;

/**
 * The peer: the same commands and aggregates on Axon's own JDBC event store and plain command bus,
 * with its defaults, as Spring wires them. JSON by Jackson, because XStream would only be slower.
 */
final class Stock implements AutoCloseable {

  private static final int CONNECTIONS = 32;

  /** The streams that our side has begun, as this store would hold them. */
  private static final String COPY_STREAMS =
      """
      insert into stock.domainevententry (
        aggregateidentifier, sequencenumber, type, eventidentifier, metadata, payload, payloadrevision, payloadtype,
        timestamp)
      select tenant_id || ':' || id, sequence, 'risk', event_id, '{}'::bytea, convert_to(payload::text, 'UTF8'), null,
             'io.varve.events.risk.RiskEvent$RiskIdentified', to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        from ledger.event
       where id = any (?) and sequence = 0
      """;

  private final Workload workload;
  private final Server server;
  private final HikariDataSource pool;
  private final Configuration configuration;
  private final CommandGateway gateway;

  Stock(Server server, Workload workload, Database links) throws Exception {
    this.workload = workload;
    this.server = server;
    server.execute("create schema if not exists stock");
    this.pool = pool(server.superuser());
    var transactions = new SpringTransactionManager(new DataSourceTransactionManager(pool));
    // The words of the events' language are spelt as in our ledger, from which streams are copied.
    var serializer =
        Jackson3Serializer.builder()
            .jsonMapperBuilderCustomizer(
                mapper -> mapper.enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE))
            .build();
    var engine =
        JdbcEventStorageEngine.builder()
            .connectionProvider(new SpringDataSourceConnectionProvider(pool))
            .transactionManager(transactions)
            .eventSerializer(serializer)
            .snapshotSerializer(serializer)
            .build();
    transactions.executeInTransaction(
        () -> engine.createSchema(PostgresEventTableFactory.INSTANCE));
    this.configuration =
        DefaultConfigurer.defaultConfiguration(false)
            .configureCommandBus(
                c -> SimpleCommandBus.builder().transactionManager(transactions).build())
            .configureEventStore(c -> EmbeddedEventStore.builder().storageEngine(engine).build())
            .registerComponent(Links.class, c -> new Links(links))
            .configureAggregate(
                AggregateConfigurer.defaultConfiguration(RiskAggregate.class)
                    .configureCommandTargetResolver(
                        c ->
                            message ->
                                new VersionedAggregateIdentifier(
                                    new StreamKey(
                                        Caller.current().tenant(),
                                        ((StreamCommand) message.getPayload()).id().value()),
                                    null)))
            .buildConfiguration();
    configuration.start();
    this.gateway = configuration.commandGateway();
  }

  /** Gives this store the beginnings of the streams that our side has begun. */
  void copy(Streams streams) throws Exception {
    var ids = new java.util.UUID[streams.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = streams.id(i).value();
    }
    try (var connection = server.connect();
        var statement = connection.prepareStatement(COPY_STREAMS)) {
      statement.setArray(1, connection.createArrayOf("uuid", ids));
      statement.executeUpdate();
    }
  }

  double createNew(int callers, Duration time) throws Exception {
    return Callers.virtual(
        callers,
        time,
        caller ->
            () -> {
              Caller someone = workload.anyone();
              var id = new RiskId(Workload.IDS.generate());
              send(someone, Workload.identify(id));
            });
  }

  double changeExisting(Streams streams, int callers, Duration time) throws Exception {
    return Callers.virtual(
        callers,
        time,
        caller ->
            () -> {
              int stream = streams.any();
              send(
                  streams.owner(stream),
                  Workload.reassess(streams.id(stream), streams.next(stream)));
            });
  }

  @Override
  public void close() {
    configuration.shutdown();
    pool.close();
  }

  private void send(Caller caller, StreamCommand command) throws Exception {
    Object answer = caller.bind(() -> gateway.sendAndWait(command));
    if (answer == null) {
      throw new IllegalStateException("a command was not answered");
    }
  }

  private static HikariDataSource pool(ConnectionSettings settings) {
    var config = new HikariConfig();
    config.setJdbcUrl(settings.url() + "?currentSchema=stock");
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setAutoCommit(false);
    return new HikariDataSource(config);
  }
}
