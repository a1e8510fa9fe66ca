package io.varve.command.ledger;

import io.varve.command.LedgerRefusal;
import io.varve.command.Terms.Idempotency;
import io.varve.events.access.Caller;
import io.varve.events.tenancy.Retention;
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

  /** How long an answer is remembered at least; a tenant can want it longer. */
  static final Duration KEPT = Duration.ofDays(Retention.DEFAULT.idempotency());

  /**
   * Those that are remembered no more. How long that is stands in the ledger, which is asked for
   * those alone whose least time is over. What a hold on the whole tenant covers stays.
   */
  public static final Expiring EXPIRING =
      Expiring.ofTenants(
          """
          select distinct i.tenant_id from ops.idempotency i where i.at < cast(? as timestamptz) - interval '1 day'
          """,
          """
          delete from ops.idempotency i
           using (select cast(? as timestamptz) as now) m
           where i.at < m.now - interval '1 day'
             and i.at < m.now - make_interval(days => coalesce((
                   select cast(e.payload ->> 'idempotency' as integer)
                     from ledger.event e
                    where e.tenant_id = i.tenant_id and e.id = i.tenant_id and e.type = 'tenant.retention-set'
                    order by e.sequence desc
                    limit 1), 1))
             and not exists (
                   select from ledger.claim c where c.tenant_id = i.tenant_id and c.kind = 'hold.whole-tenant')
          """);

  private static final String FIND =
      """
      select encode(request_hash, 'hex'), number, answer
        from ops.idempotency
       where tenant_id = ? and actor_id = ? and key = ?
         and at >= cast(? as timestamptz) - make_interval(days => coalesce((
               select cast(e.payload ->> 'idempotency' as integer)
                 from ledger.event e
                where e.tenant_id = ? and e.id = e.tenant_id and e.type = 'tenant.retention-set'
                order by e.sequence desc
                limit 1), 1))
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
                  first + 3, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
              statement.setObject(first + 4, caller.tenant());
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
