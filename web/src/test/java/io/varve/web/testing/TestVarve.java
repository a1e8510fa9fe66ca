package io.varve.web.testing;

import io.varve.command.Commands;
import io.varve.command.Terms;
import io.varve.command.tenancy.CreateCarrier;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.events.tenancy.CarrierId;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import io.varve.web.DatabaseSettings;
import io.varve.web.VarveApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The whole application on a free port, with a database and a data folder of its own. */
public final class TestVarve implements AutoCloseable {

  /** Tests ask more often, from one address, than anybody else may. */
  private static final Map<String, String> HIGH_LIMITS =
      Stream.of("login", "auth", "address", "tenant")
          .collect(
              Collectors.toMap(name -> "varve.limits." + name + ".requests", name -> "1000000"));

  private final TestDatabase database;
  private final boolean first;
  private final Path data;
  private final DataFolder folder;
  private final ConfigurableApplicationContext context;

  private TestVarve(
      TestDatabase database,
      @Nullable Path secrets,
      Map<String, Object> properties,
      @Nullable Clock clock) {
    try {
      this.database = database;
      this.first = secrets == null;
      this.data = Files.createTempDirectory("varve");
      this.folder = DataFolder.open(data);
      if (secrets != null) {
        share(secrets);
      }
      var all = new HashMap<String, Object>(HIGH_LIMITS);
      all.put("server.port", 0);
      all.putAll(properties);
      SpringApplication application = new SpringApplication(VarveApplication.class);
      application.setRegisterShutdownHook(false);
      application.addInitializers(
          beans -> {
            var registry = (GenericApplicationContext) beans;
            registry.registerBean(
                DatabaseSettings.class,
                () -> new DatabaseSettings(database.owner(), database.login()));
            registry.registerBean(DataFolder.class, () -> folder, d -> d.setDestroyMethodName(""));
            if (clock != null) {
              registry.registerBean("setClock", Clock.class, () -> clock, d -> d.setPrimary(true));
            }
          });
      this.context =
          application.run(
              all.entrySet().stream()
                  .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                  .toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static TestVarve start() {
    return start(Map.of());
  }

  /**
   * @param settings that go before those of the configuration
   */
  public static TestVarve start(Map<String, Object> settings) {
    return new TestVarve(TestDatabase.migrated(), null, settings, null);
  }

  /** Goes by another clock than the real one. */
  public static TestVarve start(Clock clock, Map<String, Object> settings) {
    return new TestVarve(TestDatabase.migrated(), null, settings, clock);
  }

  /** One more node of the same installation, with the same keys; to be closed before this one. */
  public TestVarve another() {
    return new TestVarve(database, DataFolder.secrets(data), Map.of(), null);
  }

  /** All but what tells one node from another. */
  private void share(Path secrets) throws IOException {
    try (Stream<Path> files = Files.list(secrets)) {
      for (Path file : files.filter(f -> !f.endsWith("node")).toList()) {
        Files.copy(
            file,
            folder.secretFile(file.getFileName().toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  public Api api() {
    return new Api("http://localhost:" + port());
  }

  public int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /** A new carrier. */
  public String carrier(String name) {
    UUID id = UUID.randomUUID();
    bean(Commands.class)
        .send(
            Caller.of(id, Actor.user(id), Set.of(Permission.CARRIER_WRITE), Via.API),
            new CreateCarrier(new CarrierId(id), name),
            Terms.NONE);
    return id.toString();
  }

  public DataFolder folder() {
    return folder;
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** How many events there are in the whole ledger. */
  public long events() {
    try {
      return Long.parseLong(
          String.valueOf(Sql.one(database.superuser(), "select position from ledger.head")));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many of them somebody wanted, leaving out what Varve itself notes. */
  public long wantedEvents() {
    return Long.parseLong(
        sql("select count(*) from ledger.event where stream not in ('notice', 'session')"));
  }

  /** Looks past every policy. */
  public String sql(String sql) {
    try {
      return String.valueOf(Sql.one(database.superuser(), sql));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
    folder.close();
    if (first) {
      database.close();
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
