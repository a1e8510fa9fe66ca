package io.varve.command.ledger;

import io.varve.command.LedgerRefusal;
import io.varve.command.Terms.Idempotency;
import io.varve.events.access.Caller;
import io.varve.postgres.Database;
import io.varve.postgres.Expiring;
import io.varve.postgres.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Finds the answers that earlier writes got under an idempotency key. */
public final class IdempotencyAnswers {

  /** How long an answer is remembered. */
  public static final Duration KEPT = Duration.ofHours(24);

  /** Those that are remembered no more. */
  public static final Expiring EXPIRING =
      Expiring.of(
          Scope.ledger(),
          """
          delete from ops.idempotency where at < ?
          """,
          KEPT);

  private static final String FIND =
      """
      select encode(request_hash, 'hex'), number, answer
        from ops.idempotency
       where tenant_id = ? and actor_id = ? and key = ? and at >= ?
      """;

  private final Database database;
  private final Clock clock;

  /**
   * An earlier answer.
   *
   * @param json what the command answered
   */
  public record Earlier(long number, String json) {}

  private record Found(String requestHash, Earlier earlier) {}

  public IdempotencyAnswers(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * The answer that the caller's key got before, if it is still remembered.
   *
   * @throws LedgerRefusal.KeyReused if the key was used for another request
   */
  public Optional<Earlier> find(Caller caller, Idempotency idempotency) {
    Optional<Found> found =
        database.queryOne(
            Scope.command(caller.tenant()),
            FIND,
            (statement, first) -> {
              statement.setObject(first, caller.tenant());
              statement.setObject(first + 1, caller.actor().id());
              statement.setString(first + 2, idempotency.key());
              statement.setObject(
                  first + 3, OffsetDateTime.ofInstant(clock.instant().minus(KEPT), ZoneOffset.UTC));
            },
            row -> new Found(row.getString(1), new Earlier(row.getLong(2), row.getString(3))));
    return found.map(
        earlier -> {
          if (!earlier.requestHash().equals(idempotency.requestHash())) {
            throw new LedgerRefusal.KeyReused();
          }
          return earlier.earlier();
        });
  }
}
