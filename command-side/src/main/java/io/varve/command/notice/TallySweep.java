package io.varve.command.notice;

import io.varve.command.Commands;
import io.varve.command.LedgerRefusal;
import io.varve.command.Terms;
import io.varve.events.access.Caller;
import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what the {@link Tally} has counted once a window is over. Any node may, at any time: each
 * count is noted once, by whoever holds its row. Where a node stops between noting and forgetting,
 * the next finds the notice in the ledger.
 */
public final class TallySweep implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TallySweep.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int BATCH = 500;

  private static final String ENDED =
      """
      select tenant_id, first_notice from ops.tally where ends <= ? order by ends limit ?
      """;

  private static final String TAKE =
      """
      delete from ops.tally t where t.tenant_id = ? and t.first_notice = ?
      returning t.tenant_id, t.first_notice, t.rest_notice, t.kind, t.misuse, t.actor, t.impersonator,
                t.at, t.more, t.more_from, t.more_to,
                exists (select from ledger.event e where e.tenant_id = t.tenant_id and e.id = t.first_notice),
                exists (select from ledger.event e where e.tenant_id = t.tenant_id and e.id = t.rest_notice)
      """;

  private record Key(UUID tenant, UUID firstNotice) {}

  private final Database database;
  private final Commands commands;
  private final Clock clock;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tally-sweep").daemon().factory());

  private final ScheduledFuture<?> sweeping;

  public TallySweep(Database database, Commands commands, Clock clock) {
    this.database = database;
    this.commands = commands;
    this.clock = clock;
    this.sweeping =
        schedule.scheduleWithFixedDelay(
            this::trySweep, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Notes the windows that are over now, the oldest first. */
  public void sweep() {
    long noted;
    do {
      noted = ended().stream().filter(this::tryNote).count();
    } while (noted == BATCH);
  }

  /** Ends when what was begun is done. */
  @Override
  public void close() {
    sweeping.cancel(false);
    schedule.close();
  }

  private List<Key> ended() {
    return database.query(
        Scope.projector(),
        ENDED,
        (statement, first) -> {
          statement.setObject(first, clock.instant().atOffset(ZoneOffset.UTC));
          statement.setInt(first + 1, BATCH);
        },
        row -> new Key(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
  }

  /**
   * Whether it was this node that did; a count that cannot be noted does not hold up the others.
   */
  private boolean tryNote(Key key) {
    try {
      return database.transact(
          Scope.projector(List.of(key.tenant())),
          connection -> {
            Optional<Tallied> taken = take(connection.prepareStatement(TAKE), key);
            taken.ifPresent(this::note);
            return taken.isPresent();
          });
    } catch (RuntimeException failure) {
      log.warn("a count could not be noted, and will be later", failure);
      return false;
    }
  }

  /** The row, which is gone once the transaction is committed; nothing if another node had it. */
  private static Optional<Tallied> take(PreparedStatement delete, Key key) throws SQLException {
    try (delete) {
      delete.setObject(1, key.tenant());
      delete.setObject(2, key.firstNotice());
      try (ResultSet row = delete.executeQuery()) {
        return row.next() ? Optional.of(Tallied.read(row)) : Optional.empty();
      }
    }
  }

  private void note(Tallied tallied) {
    for (NoteMisuse command : tallied.missing()) {
      note(tallied.caller(), command);
    }
  }

  private void note(Caller caller, NoteMisuse command) {
    try {
      commands.send(caller, command, Terms.NONE);
    } catch (LedgerRefusal.Overtaken noted) {
      log.debug("another node has noted it just now", noted);
    } catch (LedgerRefusal.TenantRetired over) {
      log.debug("nothing is noted any more where nothing is written", over);
    }
  }

  /** The next time comes whatever happens this time. */
  private void trySweep() {
    try {
      sweep();
    } catch (DatabaseException failure) {
      log.warn("the tally could not be swept, and will be later", failure);
    }
  }
}
