package io.varve.command.ledger;

import io.varve.command.LedgerRefusal;
import io.varve.command.Terms.Idempotency;
import io.varve.events.provenance.Actor;
import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Stores a group of commands in one transaction: one statement for all events, whatever their
 * number.
 */
final class GroupInsert {

  /**
   * The head first: its row lock orders all writers of all nodes until they commit, so that
   * positions and numbers have no gap and appear in order. What depends on it selects from it, so
   * that nothing is locked before it.
   */
  private static final String EVENTS =
      """
      with head as (
        update ledger.head set position = position + ?, at = greatest(at, ?)
        returning position - ? as base, position, at
      ), counter as (
        insert into ledger.counter as c (tenant_id, number, closed)
        select t.tenant_id, t.events, t.closed
          from head, unnest(?::uuid[], ?::bigint[], ?::boolean[]) as t (tenant_id, events, closed)
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
               unnest(?::uuid[], ?::bigint[], ?::text[], ?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::integer[],
                      ?::text[], ?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[])
                 with ordinality as e (
                   tenant_id, later, stream, id, sequence, event_id, type, revision,
                   actor_kind, actor_id, impersonator_kind, impersonator_id, request, payload, provenance, ordinal),
               counter
         where counter.tenant_id = e.tenant_id
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

  private static final String REMEMBER =
      """
      insert into ops.idempotency (tenant_id, actor_id, key, request_hash, number, answer, at)
      select tenant_id, actor_id, key, decode(request_hash, 'hex'), number, answer, ?
        from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::text[])
          as k (tenant_id, actor_id, key, request_hash, number, answer)
      """;

  private static final String HOLDER =
      """
      select true from ledger.claim where tenant_id = ? and kind = ? and value = ?
      """;

  private final Database database;
  private final Clock clock;

  GroupInsert(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Stores all of them, or throws and stores none.
   *
   * @throws ClosedTenantException if one is of a tenant that takes no more events
   */
  List<Appended> insert(List<Append> group) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return database.transact(
        Scope.ledger(),
        connection -> {
          List<Appended> stored = storeEvents(connection, group, now);
          free(connection, group);
          take(connection, group);
          remember(connection, group, stored, now);
          return stored;
        });
  }

  /** Why the database refused a command that stood alone in its transaction. */
  RuntimeException explain(Append append, DatabaseException refusal) {
    if (!refusal.isUniqueViolation()) {
      return refusal;
    }
    return switch (constraint(refusal)) {
      case "event_tenant_id_id_sequence_key" -> new LedgerRefusal.Overtaken();
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

  private static String constraint(DatabaseException refusal) {
    ServerErrorMessage message =
        refusal.getCause() instanceof PSQLException cause ? cause.getServerErrorMessage() : null;
    String name = message == null ? null : message.getConstraint();
    return name == null ? "" : name;
  }

  private static List<Appended> storeEvents(Connection connection, List<Append> group, Instant now)
      throws SQLException {
    var rows = new ArrayList<Row>();
    Map<UUID, Long> perTenant = new LinkedHashMap<>();
    for (Append append : group) {
      perTenant.merge(append.tenant(), (long) append.events().size(), Long::sum);
    }
    perTenant.values().removeIf(events -> events == 0);
    if (perTenant.isEmpty()) {
      return group.stream().map(append -> new Appended(0, now)).toList();
    }
    Set<UUID> ended =
        group.stream().filter(Append::endsTenant).map(Append::tenant).collect(Collectors.toSet());
    Map<UUID, Long> later = new HashMap<>(perTenant);
    var laterThanLast = new long[group.size()];
    for (int i = 0; i < group.size(); i++) {
      Append append = group.get(i);
      for (PendingEvent event : append.events()) {
        rows.add(new Row(append.tenant(), later.merge(append.tenant(), -1L, Long::sum), event));
      }
      laterThanLast[i] = later.getOrDefault(append.tenant(), 0L);
    }
    try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
      bindEvents(connection, statement, rows, perTenant, ended, now);
      var numbers = new HashMap<UUID, Long>();
      Instant at = now;
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          at = result.getObject(1, OffsetDateTime.class).toInstant();
          numbers.put(result.getObject(2, UUID.class), result.getLong(3));
        }
      }
      if (!numbers.keySet().equals(perTenant.keySet())) {
        throw new ClosedTenantException();
      }
      var stored = new ArrayList<Appended>();
      for (int i = 0; i < group.size(); i++) {
        long number =
            group.get(i).events().isEmpty()
                ? 0
                : numbers.getOrDefault(group.get(i).tenant(), 0L) - laterThanLast[i];
        stored.add(new Appended(number, at));
      }
      return stored;
    }
  }

  /** An event, and how many of its tenant's events follow it in the group. */
  private record Row(UUID tenant, long later, PendingEvent event) {}

  private static void bindEvents(
      Connection connection,
      PreparedStatement statement,
      List<Row> rows,
      Map<UUID, Long> perTenant,
      Set<UUID> ended,
      Instant now)
      throws SQLException {
    var columns = new Columns(connection, statement, 4);
    statement.setLong(1, rows.size());
    statement.setObject(2, utc(now));
    statement.setLong(3, rows.size());
    columns.texts(List.copyOf(perTenant.keySet()), UUID::toString);
    columns.longs(List.copyOf(perTenant.values()), Long::longValue);
    columns.booleans(List.copyOf(perTenant.keySet()), ended::contains);
    columns.texts(rows, row -> row.tenant().toString());
    columns.longs(rows, Row::later);
    columns.texts(rows, row -> row.event().stream());
    columns.texts(rows, row -> row.event().id().toString());
    columns.longs(rows, row -> row.event().sequence());
    columns.texts(rows, row -> row.event().eventId());
    columns.texts(rows, row -> row.event().type());
    columns.longs(rows, row -> row.event().revision());
    columns.texts(rows, row -> kind(row.event().actor()));
    columns.texts(rows, row -> row.event().actor().id().toString());
    columns.nullableTexts(rows, row -> impersonator(row, GroupInsert::kind));
    columns.nullableTexts(rows, row -> impersonator(row, actor -> actor.id().toString()));
    columns.nullableTexts(rows, row -> row.event().request());
    columns.texts(rows, row -> row.event().payload());
    columns.texts(rows, row -> row.event().provenance());
  }

  private static String kind(Actor actor) {
    return actor.kind().text();
  }

  private static @Nullable String impersonator(Row row, Function<Actor, String> part) {
    Actor impersonator = row.event().impersonator();
    return impersonator == null ? null : part.apply(impersonator);
  }

  private static void free(Connection connection, List<Append> group) throws SQLException {
    List<PendingClaim> freed = group.stream().flatMap(append -> append.freed().stream()).toList();
    if (freed.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(FREE)) {
      var columns = new Columns(connection, statement, 1);
      columns.texts(freed, claim -> claim.owner().toString());
      columns.texts(freed, PendingClaim::kind);
      columns.texts(freed, PendingClaim::value);
      columns.texts(freed, claim -> claim.holder().toString());
      statement.executeUpdate();
    }
  }

  private static void take(Connection connection, List<Append> group) throws SQLException {
    List<Taken> taken =
        group.stream()
            .flatMap(
                append -> append.taken().stream().map(claim -> new Taken(append.tenant(), claim)))
            .toList();
    if (taken.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      var columns = new Columns(connection, statement, 1);
      columns.texts(taken, row -> row.claim().owner().toString());
      columns.texts(taken, row -> row.claim().kind());
      columns.texts(taken, row -> row.claim().value());
      columns.texts(taken, row -> row.claim().holder().toString());
      columns.texts(taken, row -> row.tenant().toString());
      statement.executeUpdate();
    }
  }

  private record Taken(UUID tenant, PendingClaim claim) {}

  private static void remember(
      Connection connection, List<Append> group, List<Appended> stored, Instant now)
      throws SQLException {
    var answers = new ArrayList<Answer>();
    for (int i = 0; i < group.size(); i++) {
      Append append = group.get(i);
      if (append.idempotency() != null && append.answer() != null) {
        answers.add(
            new Answer(append, append.idempotency(), append.answer(), stored.get(i).number()));
      }
    }
    if (answers.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
      var columns = new Columns(connection, statement, 1);
      bindKeys(columns, answers);
      statement.setObject(4, utc(now.minus(IdempotencyAnswers.KEPT)));
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(REMEMBER)) {
      statement.setObject(1, utc(now));
      var columns = new Columns(connection, statement, 2);
      bindKeys(columns, answers);
      columns.texts(answers, answer -> answer.idempotency().requestHash());
      columns.longs(answers, Answer::number);
      columns.texts(answers, Answer::json);
      statement.executeUpdate();
    }
  }

  private record Answer(Append append, Idempotency idempotency, String json, long number) {}

  private static void bindKeys(Columns columns, List<Answer> answers) throws SQLException {
    columns.texts(answers, answer -> answer.append().tenant().toString());
    columns.texts(answers, answer -> answer.append().actor().toString());
    columns.texts(answers, answer -> answer.idempotency().key());
  }

  private static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
