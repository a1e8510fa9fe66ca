package io.varve.web.mfa;

import io.varve.postgres.Database;
import io.varve.postgres.Database.Binder;
import io.varve.postgres.Scope;
import io.varve.postgres.vault.Vault;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Secrets that are shared with devices: those that are about to be enrolled, and which codes of
 * each were used. The vault holds the secrets themselves.
 */
final class Authenticators {

  /** For how long a new secret waits for its first code. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final String BEGIN =
      """
      insert into ops.totp_enrolment (tenant_id, user_id, totp, expires) values (?, ?, ?, ?)
      on conflict (tenant_id, user_id) do update set totp = excluded.totp, expires = excluded.expires
      returning old.totp
      """;

  private static final String EXPIRE =
      """
      update ops.totp_enrolment set totp = null
       where tenant_id = ? and expires <= ? and totp is not null
      returning old.totp
      """;

  private static final String PENDING =
      """
      select totp from ops.totp_enrolment where tenant_id = ? and user_id = ? and expires > ? and totp is not null
      """;

  private static final String TAKE =
      """
      update ops.totp_enrolment set totp = null where tenant_id = ? and user_id = ? and totp = ?
      """;

  private static final String IS_USED =
      """
      select true from ops.totp_use where tenant_id = ? and totp = ? and step >= ?
      """;

  /** One of two who come at once finds the step used. */
  private static final String USE =
      """
      insert into ops.totp_use as held (tenant_id, totp, step) values (?, ?, ?)
      on conflict (tenant_id, totp) do update set step = excluded.step where held.step < excluded.step
      """;

  private final Database database;
  private final Vault vault;
  private final Clock clock;

  Authenticators(Database database, Vault vault, Clock clock) {
    this.database = database;
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * Keeps a secret for a user to enrol; one that was waiting is dropped, as are those of the same
   * home that nobody came back for.
   *
   * @return when it is dropped itself
   */
  Instant begin(UUID home, UUID user, byte[] secret) {
    Instant now = clock.instant();
    Instant expires = now.plus(PATIENCE);
    UUID totp = vault.keep(home, secret);
    Binder waiting =
        (statement, first) -> {
          statement.setObject(first, home);
          statement.setObject(first + 1, user);
          statement.setObject(first + 2, totp);
          statement.setObject(first + 3, expires.atOffset(ZoneOffset.UTC));
        };
    Binder expired =
        (statement, first) -> {
          statement.setObject(first, home);
          statement.setObject(first + 1, now.atOffset(ZoneOffset.UTC));
        };
    forget(home, BEGIN, waiting);
    forget(home, EXPIRE, expired);
    return expires;
  }

  /** The reference of the secret that waits for a user's first code. */
  Optional<UUID> pending(UUID home, UUID user) {
    Instant now = clock.instant();
    return database.queryOne(
        Scope.access(home),
        PENDING,
        (statement, first) -> {
          statement.setObject(first, home);
          statement.setObject(first + 1, user);
          statement.setObject(first + 2, now.atOffset(ZoneOffset.UTC));
        },
        row -> row.getObject(1, UUID.class));
  }

  /** Takes a secret that waits, so as to enrol it; false if somebody else has taken it. */
  boolean take(UUID home, UUID user, UUID totp) {
    return update(
        home,
        TAKE,
        (statement, first) -> {
          statement.setObject(first, home);
          statement.setObject(first + 1, user);
          statement.setObject(first + 2, totp);
        });
  }

  /** The step of time that a code of a secret is of, if it is of one not far from now. */
  OptionalLong stepOf(UUID home, UUID totp, String code) {
    byte[] secret =
        vault.reveal(home, totp).orElseThrow(() -> new IllegalStateException("no such secret"));
    try {
      return Totp.stepOf(secret, code, clock.instant());
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Whether a code of this step of time, or of one after it, was used. */
  boolean isUsed(UUID home, UUID totp, long step) {
    return database
        .queryOne(Scope.access(home), IS_USED, binder(home, totp, step), row -> row.getBoolean(1))
        .isPresent();
  }

  /** Uses up the code of a step of time; false if it was used before, or a later one was. */
  boolean use(UUID home, UUID totp, long step) {
    return update(home, USE, binder(home, totp, step));
  }

  private static Binder binder(UUID home, UUID totp, long step) {
    return (statement, first) -> {
      statement.setObject(first, home);
      statement.setObject(first + 1, totp);
      statement.setLong(first + 2, step);
    };
  }

  /** Destroys the secrets that a statement has taken the last reference from. */
  private void forget(UUID home, String sql, Binder binder) {
    List<Optional<UUID>> dropped =
        database.query(
            Scope.access(home),
            sql,
            binder,
            row -> Optional.ofNullable(row.getObject(1, UUID.class)));
    dropped.forEach(one -> one.ifPresent(totp -> vault.forget(home, totp)));
  }

  private boolean update(UUID home, String sql, Binder binder) {
    return database.transact(
        Scope.access(home),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement, 1);
            return statement.executeUpdate() == 1;
          }
        });
  }
}
