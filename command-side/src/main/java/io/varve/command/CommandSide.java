package io.varve.command;

import io.varve.command.control.ControlAggregate;
import io.varve.command.control.ControlImport;
import io.varve.command.erasure.ErasureAggregate;
import io.varve.command.export.ExportAggregate;
import io.varve.command.hold.HoldAggregate;
import io.varve.command.identity.GroupAggregate;
import io.varve.command.identity.ImpersonationAggregate;
import io.varve.command.identity.Rights;
import io.varve.command.identity.RoleAggregate;
import io.varve.command.identity.UserAggregate;
import io.varve.command.key.ApiKeyAggregate;
import io.varve.command.key.PushedSources;
import io.varve.command.kri.KriAggregate;
import io.varve.command.kri.ObservationPush;
import io.varve.command.ledger.IdempotencyAnswers;
import io.varve.command.ledger.LedgerStorageEngine;
import io.varve.command.ledger.LedgerWriter;
import io.varve.command.ledger.ReadAhead;
import io.varve.command.ledger.StoredSnapshots;
import io.varve.command.notice.NoticeAggregate;
import io.varve.command.notice.Tally;
import io.varve.command.notice.TallySweep;
import io.varve.command.outcome.OutcomeAggregate;
import io.varve.command.provider.ProviderAggregate;
import io.varve.command.risk.RiskAggregate;
import io.varve.command.session.SessionAggregate;
import io.varve.command.source.SourceAggregate;
import io.varve.command.stream.StateCache;
import io.varve.command.stream.StreamAggregate;
import io.varve.command.stream.StreamAggregates;
import io.varve.command.tenancy.CarrierAggregate;
import io.varve.command.tenancy.OrganizationAggregate;
import io.varve.command.tenancy.PlatformAggregate;
import io.varve.command.tenancy.TenantAggregate;
import io.varve.command.vendor.VendorAggregate;
import io.varve.postgres.Database;
import io.varve.postgres.Expiry;
import io.varve.postgres.ledger.Holds;
import io.varve.postgres.ledger.LedgerReader;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;

/**
 * The command side, put together: every piece of the framework is named here, none is found by
 * chance.
 */
public final class CommandSide implements AutoCloseable {

  /** How many aggregates are kept in memory. */
  private static final int CACHED_STATES = 150_000;

  private static final List<Class<? extends StreamAggregate<?, ?>>> AGGREGATES =
      List.of(
          PlatformAggregate.class,
          OrganizationAggregate.class,
          CarrierAggregate.class,
          TenantAggregate.class,
          UserAggregate.class,
          RoleAggregate.class,
          GroupAggregate.class,
          ImpersonationAggregate.class,
          SourceAggregate.class,
          KriAggregate.class,
          ControlAggregate.class,
          RiskAggregate.class,
          OutcomeAggregate.class,
          VendorAggregate.class,
          SessionAggregate.class,
          ApiKeyAggregate.class,
          ProviderAggregate.class,
          NoticeAggregate.class,
          HoldAggregate.class,
          ErasureAggregate.class,
          ExportAggregate.class);

  private final LedgerWriter writer;
  private final Configuration configuration;
  private final Commands commands;
  private final Expiry expiry;
  private final Tally tally;
  private final TallySweep sweep;

  /**
   * @param clock the time that events are stamped with, never earlier than the ledger's last
   */
  public CommandSide(Database database, Clock clock) {
    this(database, clock, AGGREGATES);
  }

  CommandSide(
      Database database, Clock clock, List<Class<? extends StreamAggregate<?, ?>>> aggregates) {
    UUID platform = Installation.platform(database);
    this.writer = new LedgerWriter(database, clock);
    var snapshots = new StoredSnapshots(database);
    var reader = new LedgerReader(database);
    var engine = new LedgerStorageEngine(reader, snapshots, writer, platform);
    var cache = new StateCache(CACHED_STATES);
    var bus = new CallerCommandBus(engine);
    var holders = new Holders(database);
    Configurer configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .configureCommandBus(c -> bus)
            .configureEventStore(c -> EmbeddedEventStore.builder().storageEngine(engine).build())
            .configureCorrelationDataProviders(c -> List.of())
            .registerComponent(Clock.class, c -> clock)
            .registerComponent(Holds.class, c -> new Holds(database))
            .registerComponent(Links.class, c -> new Links(database))
            .registerComponent(PushedSources.class, c -> new PushedSources(reader))
            .registerComponent(States.class, c -> new States(database))
            .registerComponent(Rights.class, c -> new Rights(database));
    for (Class<? extends StreamAggregate<?, ?>> aggregate : aggregates) {
      configurer.configureAggregate(StreamAggregates.of(aggregate, cache, snapshots));
    }
    if (aggregates.contains(ControlAggregate.class)) {
      configurer.registerCommandHandler(
          c ->
              new ControlImport(
                  c.repository(ControlAggregate.class), new ReadAhead(reader, cache), holders));
    }
    if (aggregates.contains(KriAggregate.class)) {
      configurer.registerCommandHandler(
          c ->
              new ObservationPush(
                  c.repository(KriAggregate.class), holders, new States(database), clock));
    }
    this.configuration = configurer.buildConfiguration();
    configuration.start();
    this.commands = new Commands(bus, cache, new IdempotencyAnswers(database, clock));
    this.expiry = new Expiry(database, clock, List.of(IdempotencyAnswers.EXPIRING));
    this.tally = new Tally(database, commands, clock);
    this.sweep = new TallySweep(database, commands, clock);
  }

  public Commands commands() {
    return commands;
  }

  /** Notes misuse, without letting it fill the ledger. */
  public Tally tally() {
    return tally;
  }

  /** Ends when what was accepted is stored. */
  @Override
  public void close() {
    sweep.close();
    commands.close();
    expiry.close();
    configuration.shutdown();
    writer.close();
  }
}
