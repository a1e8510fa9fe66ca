package io.varve.web.password;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.web.auth.OpaqueToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * What links by which a password can be set carry: one token for each user, good for one use; the
 * next takes its place. Only hashes are stored.
 */
final class Links {

  private static final String MAKE =
      """
      insert into ops.link as held (tenant_id, user_id, hash, made, expires) values (?, ?, ?, ?, ?)
      on conflict (tenant_id, user_id) do update
        set hash = excluded.hash, made = excluded.made, expires = excluded.expires, used = null
        where held.made <= ?
      returning true
      """;

  private static final String FIND =
      """
      select true from ops.link
       where tenant_id = ? and user_id = ? and hash = ? and used is null and expires > ?
      """;

  /** One of two who come at once finds it used. */
  private static final String USE =
      """
      update ops.link set used = ?
       where tenant_id = ? and user_id = ? and hash = ? and used is null and expires > ?
      returning true
      """;

  private final Database database;
  private final Clock clock;

  Links(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Makes a token for a user.
   *
   * @param pause since the one before; nothing is made if that has not passed
   */
  Optional<String> make(UUID home, UUID user, Instant expires, Duration pause) {
    Instant now = clock.instant();
    OpaqueToken token = OpaqueToken.random(home, user);
    return database.queryOne(
        Scope.access(home),
        MAKE,
        (statement, first) -> {
          statement.setObject(first, home);
          statement.setObject(first + 1, user);
          statement.setString(first + 2, token.hash());
          statement.setObject(first + 3, utc(now));
          statement.setObject(first + 4, utc(expires));
          statement.setObject(first + 5, utc(now.minus(pause)));
        },
        row -> token.text());
  }

  /** Whose token a text is, if it is good. */
  Optional<OpaqueToken> find(String text) {
    Instant now = clock.instant();
    return OpaqueToken.parse(text)
        .filter(
            token ->
                database
                    .queryOne(
                        Scope.access(token.home()),
                        FIND,
                        (statement, first) -> {
                          statement.setObject(first, token.home());
                          statement.setObject(first + 1, token.id());
                          statement.setString(first + 2, token.hash());
                          statement.setObject(first + 3, utc(now));
                        },
                        row -> row.getBoolean(1))
                    .isPresent());
  }

  /** Uses a token up; false if it is not good any more. */
  boolean use(OpaqueToken token) {
    Instant now = clock.instant();
    return !database
        .query(
            Scope.access(token.home()),
            USE,
            (statement, first) -> {
              statement.setObject(first, utc(now));
              statement.setObject(first + 1, token.home());
              statement.setObject(first + 2, token.id());
              statement.setString(first + 3, token.hash());
              statement.setObject(first + 4, utc(now));
            },
            row -> row.getBoolean(1))
        .isEmpty();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
