package io.varve.web.auth;

import io.varve.postgres.Database;
import io.varve.postgres.Expiring;
import io.varve.postgres.Scope;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Refresh tokens: opaque, good for one use, each followed by the next of its family. The family is
 * the session's; only hashes are stored. Who comes with one that was used before shows that two
 * have it.
 */
final class RefreshTokens {

  private static final String ADD =
      """
      insert into ops.refresh_token (tenant_id, session_id, hash, user_id, expires) values (?, ?, ?, ?, ?)
      """;

  /** One of two who come at once finds it used. */
  private static final String USE =
      """
      update ops.refresh_token
         set used = ?
       where tenant_id = ? and session_id = ? and hash = ? and used is null and expires > ?
      returning user_id
      """;

  private static final String KNOWN =
      """
      select user_id, used is not null from ops.refresh_token
       where tenant_id = ? and session_id = ? and hash = ? and expires > ?
      """;

  static final Expiring EXPIRING =
      Expiring.ofTenants(
          """
          select distinct tenant_id from ops.refresh_token where expires < ?
          """,
          """
          delete from ops.refresh_token r
           where r.expires < ?
             and not exists (
                   select from ledger.claim c where c.tenant_id = r.tenant_id and c.kind = 'hold.whole-tenant')
          """);

  private final Database database;
  private final Clock clock;

  /** Whose family a token is of. */
  record Family(UUID home, UUID session) {}

  /** What came of a token. */
  sealed interface Outcome {}

  /** It was good, and is used now. */
  record Used(Family family, UUID user) implements Outcome {}

  /** It had been used before. */
  record Reused(Family family, UUID user) implements Outcome {}

  /** There is no such token, or it has expired. */
  record Unknown() implements Outcome {}

  private record Known(UUID user, boolean used) {}

  RefreshTokens(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The first token of a family, or its next. */
  String next(Family family, UUID user, Instant expires) {
    OpaqueToken token = OpaqueToken.random(family.home(), family.session());
    database.transact(
        Scope.access(family.home()),
        connection -> {
          try (var statement = connection.prepareStatement(ADD)) {
            statement.setObject(1, family.home());
            statement.setObject(2, family.session());
            statement.setString(3, token.hash());
            statement.setObject(4, user);
            statement.setTimestamp(5, Timestamp.from(expires));
            return statement.executeUpdate();
          }
        });
    return token.text();
  }

  /** Uses a token up. */
  Outcome use(String token) {
    Optional<OpaqueToken> parsed = OpaqueToken.parse(token);
    if (parsed.isEmpty()) {
      return new Unknown();
    }
    OpaqueToken parts = parsed.get();
    Family family = family(parts);
    Timestamp now = Timestamp.from(clock.instant());
    List<UUID> used =
        database.query(
            Scope.access(family.home()),
            USE,
            (statement, first) -> {
              statement.setTimestamp(first, now);
              statement.setObject(first + 1, family.home());
              statement.setObject(first + 2, family.session());
              statement.setString(first + 3, parts.hash());
              statement.setTimestamp(first + 4, now);
            },
            row -> row.getObject(1, UUID.class));
    return used.isEmpty() ? unused(parts) : new Used(family, used.getFirst());
  }

  /** Whose family a token is of, used or not. */
  Optional<Used> find(String token) {
    return OpaqueToken.parse(token)
        .flatMap(parts -> known(parts).map(k -> new Used(family(parts), k.user())));
  }

  private Outcome unused(OpaqueToken parts) {
    return known(parts)
        .<Outcome>map(known -> new Reused(family(parts), known.user()))
        .orElseGet(Unknown::new);
  }

  private Optional<Known> known(OpaqueToken parts) {
    Family family = family(parts);
    return database.queryOne(
        Scope.access(family.home()),
        KNOWN,
        (statement, first) -> {
          statement.setObject(first, family.home());
          statement.setObject(first + 1, family.session());
          statement.setString(first + 2, parts.hash());
          statement.setTimestamp(first + 3, Timestamp.from(clock.instant()));
        },
        row -> new Known(row.getObject(1, UUID.class), row.getBoolean(2)));
  }

  private static Family family(OpaqueToken token) {
    return new Family(token.home(), token.id());
  }
}
