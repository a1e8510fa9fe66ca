package io.varve.web.erasure;

import io.varve.command.Command;
import io.varve.command.Commands;
import io.varve.command.LedgerRefusal;
import io.varve.command.Terms;
import io.varve.command.erasure.BlockErasure;
import io.varve.command.erasure.CompleteErasure;
import io.varve.command.identity.EraseUser;
import io.varve.events.erasure.Erasure;
import io.varve.events.erasure.ErasureId;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.vault.Vault;
import io.varve.web.auth.Callers;
import io.varve.web.erasure.Findings.Keeper;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes what two people want erased. Any node may, at any time, and any number of times: each
 * step is one that does no harm when it is done again, and what was approved and not completed is
 * taken up again at the start and every minute.
 *
 * <p>The order is what makes a hold good. The approval is in the ledger before the ledger is asked
 * which holds stand, so a hold that was placed before the approval is found. What cannot be taken
 * back, the end of the key, comes once nothing can forbid it any more; once it is done no hold is
 * asked, for there is nothing left to hold.
 */
final class Eraser implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Eraser.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String APPROVED =
      """
      select tenant_id, value from ledger.claim where kind = 'erasure.approved'
      """;

  private final Database database;
  private final LedgerReader ledger;
  private final Vault vault;
  private final Findings findings;
  private final Commands commands;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("eraser").daemon().factory());

  private record Approved(UUID home, UUID id) {}

  Eraser(Database database, Vault vault, Findings findings, Commands commands) {
    this.database = database;
    this.ledger = new LedgerReader(database);
    this.vault = vault;
    this.findings = findings;
    this.commands = commands;
  }

  void start() {
    var begun =
        schedule.scheduleWithFixedDelay(this::tryAll, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    log.debug("what was approved is executed: {}", begun);
  }

  /** Ends when what was begun is done. */
  @Override
  public void close() {
    schedule.close();
  }

  /** An erasure as it stands in the ledger. */
  Erasure find(UUID home, UUID id) {
    return ledger
        .state(Scope.command(home), Erasure.STREAM, home, id)
        .orElseThrow(LedgerRefusal.NoSuchStream::new);
  }

  /**
   * Executes an erasure if it is approved, and gives what has become of it. Not in the thread of a
   * request: no request has what it takes. What is not executed after a while will be later.
   */
  Erasure settle(UUID home, UUID id) {
    try {
      schedule
          .submit(() -> tryOne(new Approved(home, id)))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RejectedExecutionException later) {
      log.info("an approved erasure will be executed later", later);
    }
    return find(home, id);
  }

  /** Executes an erasure if it is approved. */
  void execute(UUID home, UUID id) {
    Erasure erasure = find(home, id);
    if (erasure.status() == Erasure.Status.APPROVED) {
      execute(Subject.of(home, erasure), erasure.id());
    }
  }

  /** Executes all that is approved. */
  void executeAll() {
    List<Approved> all =
        database.query(
            Scope.projector(),
            APPROVED,
            (statement, first) -> {},
            row -> new Approved(row.getObject(1, UUID.class), UUID.fromString(row.getString(2))));
    for (Approved one : all) {
      tryOne(one);
    }
  }

  private void execute(Subject subject, ErasureId id) {
    boolean destroyed = isDestroyed(subject);
    List<Keeper> keepers = destroyed ? List.of() : findings.keepers(subject);
    if (!keepers.isEmpty()) {
      Keeper first = keepers.getFirst();
      send(subject.home(), new BlockErasure(id, first.hold(), first.matter()));
      return;
    }
    if (!hasErasedUser(subject) && !destroyed) {
      send(subject.home(), new BlockErasure(id, null, null));
      return;
    }
    Erasure.Extent extent = findings.extent(subject);
    send(subject.home(), new CompleteErasure(id, extent, destroyed(subject)));
  }

  private boolean isDestroyed(Subject subject) {
    UUID person = subject.person();
    return person == null
        ? vault.isErased(subject.tenant())
        : vault.isErased(subject.tenant(), person);
  }

  private SortedMap<String, Long> destroyed(Subject subject) {
    UUID person = subject.person();
    if (person == null) {
      vault.eraseAll(subject.tenant());
      return new TreeMap<>();
    }
    vault.erase(subject.tenant(), person);
    return findings.forget(subject.tenant(), person);
  }

  /**
   * Leaves of the user, if the person is one, nothing but the identifier. In a retired tenant
   * nothing is written any more, and nobody signs in there.
   *
   * @return false for the last administrator
   */
  private boolean hasErasedUser(Subject subject) {
    UUID home = subject.home();
    UUID person = subject.person();
    if (person == null
        || subject.retired() != null
        || ledger.state(Scope.command(home), User.STREAM, home, person).isEmpty()) {
      return true;
    }
    try {
      send(home, new EraseUser(new UserId(person)));
      return true;
    } catch (LedgerRefusal.LastAdministrator last) {
      log.debug("the last administrator stays", last);
      return false;
    }
  }

  private void send(UUID home, Command command) {
    commands.send(Callers.eraser(home), command, Terms.NONE);
  }

  /** One that fails does not hold up the others. */
  private void tryOne(Approved one) {
    try {
      execute(one.home(), one.id());
    } catch (RuntimeException failure) {
      log.warn("an erasure could not be executed, and will be later", failure);
    }
  }

  /** The next time comes whatever happens this time. */
  private void tryAll() {
    try {
      executeAll();
    } catch (RuntimeException failure) {
      log.warn("erasures could not be looked for, and will be later", failure);
    }
  }
}
