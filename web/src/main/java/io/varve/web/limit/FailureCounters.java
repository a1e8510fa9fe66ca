package io.varve.web.limit;

import io.varve.postgres.Database;
import io.varve.postgres.Database.Binder;
import io.varve.postgres.Expiring;
import io.varve.postgres.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The failures of an account by place, in the database. Each change is one statement, and changes
 * nothing while a pause lasts, so that of many at once it is clear which came first.
 */
final class FailureCounters {

  /** The familiar place, if it is one, before all others. */
  private static final String FIND =
      """
      select place, until from ops.sign_in_attempt
       where account = ? and (place = '' or place = ? and succeeded > ?)
       order by place desc
       limit 1
      """;

  private static final String FAIL =
      """
      insert into ops.sign_in_attempt as held (account, place, failures, last_failure, changed) values (?, ?, 1, ?, ?)
      on conflict (account, place) do update set (failures, until, last_failure, changed) = (
        select n,
               case when n >= ? then
                 excluded.changed + make_interval(secs => least(?::double precision, power(2, least(n - ?, 30)))) end,
               excluded.changed,
               excluded.changed
          from (select floor(held.failures / power(2, least(greatest(floor(
                         extract(epoch from excluded.changed - coalesce(held.last_failure, excluded.changed)) / 3600
                       ), 0), 30)))::integer + 1) as counted (n))
       where held.until is null or held.until <= excluded.changed
      returning failures, until
      """;

  private static final String SUCCEED_AGAIN =
      """
      update ops.sign_in_attempt set failures = 0, until = null, succeeded = ?, changed = ?
       where account = ? and place = ? and (until is null or until <= ?)
      returning old.failures
      """;

  private static final String SUCCEED_ELSEWHERE =
      """
      with told as (
        insert into ops.sign_in_attempt as held (account, place, failures, changed) values (?, '', 0, ?)
        on conflict (account, place) do update set failures = 0, until = null, changed = excluded.changed
         where held.until is null or held.until <= excluded.changed
        returning account, coalesce(old.failures, 0) as failures, changed)
      insert into ops.sign_in_attempt (account, place, failures, succeeded, changed)
      select account, ?, 0, changed, changed from told
      on conflict (account, place) do update
        set failures = 0, until = null, succeeded = excluded.succeeded, changed = excluded.changed
      returning (select failures from told)
      """;

  /** All places that are not familiar. */
  private static final String ELSEWHERE = "";

  /** A place stays familiar for as long as nobody forgets when it last was. */
  static final Expiring EXPIRING =
      Expiring.of(
          Scope.projector(),
          """
          delete from ops.sign_in_attempt where changed < ?
          """,
          SignInGuard.FAMILIAR);

  private final Database database;

  /**
   * The counter that an attempt is counted by.
   *
   * @param account as a keyed hash
   * @param place where the attempt comes from, as a keyed hash
   * @param familiar whether that place has a counter of its own
   * @param until until when attempts are refused
   */
  record Counter(String account, String place, boolean familiar, @Nullable Instant until) {
    private String counted() {
      return familiar ? place : ELSEWHERE;
    }
  }

  /**
   * @param number in a row
   * @param until until when further attempts are refused
   */
  record Failures(int number, @Nullable Instant until) {}

  FailureCounters(Database database) {
    this.database = database;
  }

  /**
   * @param since places of earlier successes are not familiar any more
   */
  Counter find(String account, String place, Instant since) {
    return database
        .queryOne(
            Scope.access(),
            FIND,
            (statement, first) -> {
              statement.setString(first, account);
              statement.setString(first + 1, place);
              statement.setObject(first + 2, utc(since));
            },
            row -> new Counter(account, place, !row.getString(1).isEmpty(), instant(row, 2)))
        .orElse(new Counter(account, place, false, null));
  }

  /**
   * Counts a failure.
   *
   * @param free failures before each further one begins a pause
   * @return nothing if a pause has begun meanwhile
   */
  Optional<Failures> fail(Counter counter, Instant now, int free, Duration longestPause) {
    return database.queryOne(
        Scope.access(),
        FAIL,
        (statement, first) -> {
          statement.setString(first, counter.account());
          statement.setString(first + 1, counter.counted());
          statement.setObject(first + 2, utc(now));
          statement.setObject(first + 3, utc(now));
          statement.setInt(first + 4, free);
          statement.setLong(first + 5, longestPause.toSeconds());
          statement.setInt(first + 6, free);
        },
        row -> new Failures(row.getInt(1), instant(row, 2)));
  }

  /**
   * Begins anew, and makes the place a familiar one.
   *
   * @return how many failures there were; nothing if a pause has begun meanwhile
   */
  Optional<Integer> succeed(Counter counter, Instant now) {
    Binder again =
        (statement, first) -> {
          statement.setObject(first, utc(now));
          statement.setObject(first + 1, utc(now));
          statement.setString(first + 2, counter.account());
          statement.setString(first + 3, counter.place());
          statement.setObject(first + 4, utc(now));
        };
    Binder elsewhere =
        (statement, first) -> {
          statement.setString(first, counter.account());
          statement.setObject(first + 1, utc(now));
          statement.setString(first + 2, counter.place());
        };
    return database.queryOne(
        Scope.access(),
        counter.familiar() ? SUCCEED_AGAIN : SUCCEED_ELSEWHERE,
        counter.familiar() ? again : elsewhere,
        row -> row.getInt(1));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
