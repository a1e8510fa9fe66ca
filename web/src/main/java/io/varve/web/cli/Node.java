package io.varve.web.cli;

import static java.util.Objects.requireNonNull;

import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Migrations;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.cluster.EmbeddedCluster;
import io.varve.web.DatabaseSettings;
import io.varve.web.VarveApplication;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * One running Varve: the data folder, PostgreSQL in it, and the application on top. They stop in
 * the reverse order, so that whoever still works on a request or an event finds the database there.
 */
final class Node implements AutoCloseable {

  /** The secret with the password of {@link Migrations#LOGIN}. */
  static final String LOGIN_PASSWORD = "postgres-login";

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;
  private @Nullable ConfigurableApplicationContext context;

  private final Map<String, String> environment;

  Node(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Starts everything and answers the port it serves on. */
  int start(Path data, int port) {
    return start(data, port, Map.of());
  }

  /**
   * Starts everything and answers the port it serves on.
   *
   * @param given settings that go before all others
   */
  int start(Path data, int port, Map<String, String> given) {
    DataFolder folder = keep(DataFolder.open(data));
    new MissingKeys(folder.root()).require();
    SecretFiles secrets = SecretFiles.of(environment, folder);
    SpringApplication application = new SpringApplication(VarveApplication.class);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(properties(folder, secrets, port));
    // An initializer runs when the log is set up and no bean exists yet.
    application.addInitializers(
        context -> {
          var external = new ExternalDatabase(environment, secrets);
          Profile.of(context.getEnvironment()).require(context.getEnvironment(), folder, external);
          DatabaseSettings database = prepare(folder, external);
          if (context instanceof GenericApplicationContext beans) {
            beans.registerBean(DatabaseSettings.class, () -> database);
            beans.registerBean(DataFolder.class, () -> folder, d -> d.setDestroyMethodName(""));
          }
        });
    ConfigurableApplicationContext running = keep(application.run(arguments(given)));
    context = running;
    return running.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /** A part of the application, once it has started. */
  <T> T part(Class<T> type) {
    return requireNonNull(context, "not started").getBean(type);
  }

  /** The database of this node, with every migration done. */
  private DatabaseSettings prepare(DataFolder folder, ExternalDatabase external) {
    if (external.isNamed()) {
      return new DatabaseSettings(null, ExternalDatabase.checked(external.login()));
    }
    ConnectionSettings owner = keep(EmbeddedCluster.start(folder)).owner();
    ConnectionSettings login =
        new ConnectionSettings(owner.url(), Migrations.LOGIN, folder.secret(LOGIN_PASSWORD));
    Migrations.migrate(owner, login.password());
    return new DatabaseSettings(owner, login);
  }

  private static String[] arguments(Map<String, String> given) {
    return given.entrySet().stream()
        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
        .toArray(String[]::new);
  }

  private Map<String, Object> properties(DataFolder folder, SecretFiles secrets, int port) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("spring.config.import", "optional:configtree:" + secrets.folder() + "/");
    properties.put("server.port", port);
    properties.put("varve.data", folder.root().toString());
    if ("json".equalsIgnoreCase(environment.get("VARVE_LOG"))) {
      properties.put("logging.structured.format.console", "ecs");
    } else {
      properties.put("logging.threshold.console", "off");
      properties.put("logging.file.name", folder.log().resolve("varve.log").toString());
    }
    return properties;
  }

  private synchronized <T extends AutoCloseable> T keep(T part) {
    if (closed) {
      Refused refused = new Refused("Varve was told to stop while it started.");
      try {
        part.close();
      } catch (Exception e) {
        refused.addSuppressed(e);
      }
      throw refused;
    }
    started.push(part);
    return part;
  }

  @Override
  public synchronized void close() {
    boolean nothing = closed || started.isEmpty();
    closed = true;
    if (nothing) {
      return;
    }
    Logger log = LoggerFactory.getLogger(Node.class);
    while (!started.isEmpty()) {
      AutoCloseable part = started.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.error("{} did not stop cleanly", part.getClass().getSimpleName(), e);
      }
    }
    log.info("Varve has stopped");
  }
}
