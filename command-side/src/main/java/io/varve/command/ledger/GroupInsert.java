package io.varve.command.ledger;

import io.varve.command.LedgerRefusal;
import io.varve.command.ledger.GroupRows.AnswerRow;
import io.varve.command.ledger.GroupRows.Counted;
import io.varve.command.ledger.GroupRows.EventRow;
import io.varve.command.ledger.GroupRows.TakenRow;
import io.varve.events.provenance.Actor;
import io.varve.postgres.Database;
import io.varve.postgres.Database.Step;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Stores a group of commands in one transaction and one round trip: one statement for all events,
 * whatever their number.
 */
final class GroupInsert {

  /**
   * The head first, and alone: its row lock orders all writers of all nodes until they commit, so
   * that positions and numbers have no gap and appear in order. The next statement sees all that
   * was committed while this one waited.
   */
  private static final String HEAD =
      """
      update ledger.head set position = position + ?, at = greatest(at, ?) where one
      """;

  /**
   * A tenant that takes no more events has no counter to raise: its events would have no number,
   * which the table refuses. No table is joined, so that the plan, which is kept, is good for any
   * number of tenants.
   */
  private static final String EVENTS =
      """
      with head as (
        select position - ? as base, position, at from ledger.head where one
      ), counter as (
        insert into ledger.counter as c (tenant_id, number, closed)
        select unnest(?::uuid[]), unnest(?::bigint[]), unnest(?::boolean[])
        on conflict (tenant_id) do update set number = c.number + excluded.number, closed = excluded.closed
         where not c.closed
        returning tenant_id, number
      ), stored as (
        insert into ledger.event (
          position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
          actor_kind, actor_id, impersonator_kind, impersonator_id, request, payload, provenance)
        select head.base + e.ordinal, e.tenant_id, counter.number - e.later, e.stream, e.id, e.sequence, e.event_id,
               e.type, e.revision, head.at, e.actor_kind, e.actor_id, e.impersonator_kind, e.impersonator_id, e.request,
               e.payload::json, e.provenance::json
          from head,
               (select generate_series(1, ?) as ordinal, unnest(?::uuid[]) as tenant_id, unnest(?::bigint[]) as later,
                       unnest(?::text[]) as stream, unnest(?::uuid[]) as id, unnest(?::bigint[]) as sequence,
                       unnest(?::uuid[]) as event_id, unnest(?::text[]) as type, unnest(?::integer[]) as revision,
                       unnest(?::text[]) as actor_kind, unnest(?::uuid[]) as actor_id,
                       unnest(?::text[]) as impersonator_kind, unnest(?::uuid[]) as impersonator_id,
                       unnest(?::text[]) as request, unnest(?::text[]) as payload, unnest(?::text[]) as provenance) e
                 left join counter on counter.tenant_id = e.tenant_id
      ), announced as (
        select pg_notify('varve_ledger', position::text) from head
      )
      select head.at, counter.tenant_id, counter.number from head, counter, announced
      """;

  private static final String FREE =
      """
      delete from ledger.claim c
       using unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[]) as f (tenant_id, kind, value, holder_id)
       where c.tenant_id = f.tenant_id and c.kind = f.kind and c.value = f.value and c.holder_id = f.holder_id
      """;

  private static final String TAKE =
      """
      insert into ledger.claim (tenant_id, kind, value, holder_id, holder_tenant)
      select * from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::uuid[])
      """;

  private static final String FORGET =
      """
      delete from ops.idempotency i
       using unnest(?::uuid[], ?::uuid[], ?::text[]) as k (tenant_id, actor_id, key)
       where i.tenant_id = k.tenant_id and i.actor_id = k.actor_id and i.key = k.key and i.at < ?
      """;

  /** A command without an event has none after it either: {@code later} is -1, its number 0. */
  private static final String REMEMBER =
      """
      insert into ops.idempotency (tenant_id, actor_id, key, request_hash, number, answer, at)
      select k.tenant_id, k.actor_id, k.key, decode(k.request_hash, 'hex'), coalesce(c.number - k.later, 0), k.answer, ?
        from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::text[])
               as k (tenant_id, actor_id, key, request_hash, later, answer)
             left join ledger.counter c on c.tenant_id = k.tenant_id and k.later >= 0
      """;

  private static final String HOLDER =
      """
      select true from ledger.claim where tenant_id = ? and kind = ? and value = ?
      """;

  /** Each is a hold's id, a space, and its matter. */
  private static final String HELD =
      """
      select substr(value, strpos(value, ' ') + 1) from ledger.claim where tenant_id = ? and kind = 'hold.standing'
      """;

  private final Database database;
  private final Clock clock;

  GroupInsert(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Stores all of them, or throws and stores none. */
  List<Appended> insert(List<Append> group) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    GroupRows rows = GroupRows.of(group);
    var steps = new ArrayList<Step>();
    if (!rows.events().isEmpty()) {
      steps.add(step(HEAD, columns -> bindHead(columns, rows, now)));
      steps.add(step(EVENTS, columns -> bindEvents(columns, rows)));
    }
    if (!rows.freed().isEmpty()) {
      steps.add(step(FREE, columns -> bindFreed(columns, rows.freed())));
    }
    if (!rows.taken().isEmpty()) {
      steps.add(step(TAKE, columns -> bindTaken(columns, rows.taken())));
    }
    if (!rows.answers().isEmpty()) {
      steps.add(step(FORGET, columns -> bindForgotten(columns, rows.answers(), now)));
      steps.add(step(REMEMBER, columns -> bindRemembered(columns, rows.answers(), now)));
    }
    return rows.appended(database.pipeline(Scope.ledger(), steps, Counted::read), now);
  }

  /** Why the database refused a command that stood alone in its transaction. */
  RuntimeException explain(Append append, DatabaseException refusal) {
    if (refusal.isNullViolation()
        && server(refusal, ServerErrorMessage::getColumn).equals("number")) {
      return new LedgerRefusal.TenantRetired();
    }
    return switch (server(refusal, ServerErrorMessage::getConstraint)) {
      case "event_tenant_id_id_sequence_key" -> new LedgerRefusal.Overtaken();
      case "claim_last_admin" -> new LedgerRefusal.LastAdministrator();
      case "counter_held" -> new LedgerRefusal.Held(matters(append));
      case "claim_pkey" -> new LedgerRefusal.ValueTaken(firstTaken(append));
      case "idempotency_pkey" -> new LedgerRefusal.KeyCommitted();
      default -> refusal;
    };
  }

  private String firstTaken(Append append) {
    return append.taken().stream()
        .filter(this::isHeld)
        .map(PendingClaim::pointer)
        .findFirst()
        .orElse("");
  }

  private List<String> matters(Append append) {
    return database.query(
        Scope.ledger(),
        HELD,
        (statement, first) -> statement.setObject(first, append.tenant()),
        row -> row.getString(1));
  }

  private boolean isHeld(PendingClaim claim) {
    return database
        .queryOne(
            Scope.ledger(),
            HOLDER,
            (statement, first) -> {
              statement.setObject(first, claim.owner());
              statement.setString(first + 1, claim.kind());
              statement.setString(first + 2, claim.value());
            },
            row -> true)
        .isPresent();
  }

  private static String server(
      DatabaseException refusal, Function<ServerErrorMessage, @Nullable String> part) {
    ServerErrorMessage message =
        refusal.getCause() instanceof PSQLException cause ? cause.getServerErrorMessage() : null;
    String text = message == null ? null : part.apply(message);
    return text == null ? "" : text;
  }

  @FunctionalInterface
  private interface Bind {
    void to(Columns columns) throws SQLException;
  }

  private static Step step(String sql, Bind bind) {
    return new Step(
        sql,
        (statement, first) -> {
          var columns = new Columns(statement, first);
          bind.to(columns);
          return columns.next();
        });
  }

  private static void bindHead(Columns columns, GroupRows group, Instant now) throws SQLException {
    columns.number(group.events().size());
    columns.instant(now);
  }

  private static void bindEvents(Columns columns, GroupRows group) throws SQLException {
    List<EventRow> rows = group.events();
    columns.number(rows.size());
    columns.uuids(List.copyOf(group.perTenant().keySet()), tenant -> tenant);
    columns.longs(List.copyOf(group.perTenant().values()), Long::longValue);
    columns.booleans(List.copyOf(group.perTenant().keySet()), group.ended()::contains);
    columns.number(rows.size());
    columns.uuids(rows, EventRow::tenant);
    columns.longs(rows, EventRow::later);
    columns.texts(rows, row -> row.event().stream());
    columns.uuids(rows, row -> row.event().id());
    columns.longs(rows, row -> row.event().sequence());
    columns.texts(rows, row -> row.event().eventId());
    columns.texts(rows, row -> row.event().type());
    columns.longs(rows, row -> row.event().revision());
    columns.texts(rows, row -> row.event().actor().kind().text());
    columns.uuids(rows, row -> row.event().actor().id());
    columns.nullableTexts(rows, row -> impersonator(row, actor -> actor.kind().text()));
    columns.nullableTexts(rows, row -> impersonator(row, actor -> actor.id().toString()));
    columns.nullableTexts(rows, row -> row.event().request());
    columns.texts(rows, row -> row.event().payload());
    columns.texts(rows, row -> row.event().provenance());
  }

  private static @Nullable String impersonator(EventRow row, Function<Actor, String> part) {
    Actor impersonator = row.event().impersonator();
    return impersonator == null ? null : part.apply(impersonator);
  }

  private static void bindFreed(Columns columns, List<PendingClaim> freed) throws SQLException {
    columns.uuids(freed, PendingClaim::owner);
    columns.texts(freed, PendingClaim::kind);
    columns.texts(freed, PendingClaim::value);
    columns.uuids(freed, PendingClaim::holder);
  }

  private static void bindTaken(Columns columns, List<TakenRow> taken) throws SQLException {
    columns.uuids(taken, row -> row.claim().owner());
    columns.texts(taken, row -> row.claim().kind());
    columns.texts(taken, row -> row.claim().value());
    columns.uuids(taken, row -> row.claim().holder());
    columns.uuids(taken, TakenRow::tenant);
  }

  private static void bindForgotten(Columns columns, List<AnswerRow> answers, Instant now)
      throws SQLException {
    bindKeys(columns, answers);
    columns.instant(now.minus(IdempotencyAnswers.KEPT));
  }

  private static void bindRemembered(Columns columns, List<AnswerRow> answers, Instant now)
      throws SQLException {
    columns.instant(now);
    bindKeys(columns, answers);
    columns.texts(answers, row -> row.idempotency().requestHash());
    columns.longs(answers, AnswerRow::later);
    columns.texts(answers, AnswerRow::json);
  }

  private static void bindKeys(Columns columns, List<AnswerRow> answers) throws SQLException {
    columns.uuids(answers, AnswerRow::tenant);
    columns.uuids(answers, AnswerRow::actor);
    columns.texts(answers, row -> row.idempotency().key());
  }
}
