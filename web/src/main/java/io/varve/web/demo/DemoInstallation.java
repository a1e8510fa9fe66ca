package io.varve.web.demo;

import io.varve.events.Json;
import io.varve.postgres.cluster.DataFolder;
import io.varve.web.auth.Accounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The demo in one data folder. {@value #FILE}, which only its owner may read, says who can sign in;
 * it is written last, so that where it is the whole year is.
 */
public final class DemoInstallation {

  public static final String FILE = "demo.json";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Demo demo;
  private final Accounts users;
  private final DataFolder folder;
  private final Clock clock;
  private final LongSupplier lag;

  /**
   * @param lag how many events the read models do not hold yet
   */
  DemoInstallation(Demo demo, Accounts users, DataFolder folder, Clock clock, LongSupplier lag) {
    this.demo = demo;
    this.users = users;
    this.folder = folder;
    this.clock = clock;
    this.lag = lag;
  }

  /** What the file says. */
  record Description(String baseUrl, List<Account> users) {}

  /**
   * Lays the demo down, unless it is there, and waits for a while until the read models show it.
   *
   * @param baseUrl where it is served
   * @return whoever can sign in; nothing if the ledger holds something else
   */
  public Optional<List<Account>> ensure(String baseUrl) throws InterruptedException {
    if (!demo.isLedgerEmpty()) {
      Optional<List<Account>> there = existing();
      there.ifPresent(accounts -> describe(new Description(baseUrl, accounts)));
      return there;
    }
    List<Account> accounts = demo.layDown(clock.instant());
    describe(new Description(baseUrl, accounts));
    awaitReadModels();
    return Optional.of(accounts);
  }

  private void awaitReadModels() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (lag.getAsLong() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(PAUSE);
    }
  }

  private Optional<List<Account>> existing() {
    Path file = folder.root().resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<Account> told = Json.read(Files.readString(file), Description.class).users();
      boolean known = told.stream().allMatch(account -> users.byEmail(account.email()).isPresent());
      return known ? Optional.of(told) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void describe(Description description) {
    String json = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(description);
    folder.writePrivately(FILE, json + '\n');
  }
}
