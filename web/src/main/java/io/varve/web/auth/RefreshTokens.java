package io.varve.web.auth;

import io.varve.postgres.Database;
import io.varve.postgres.Expiring;
import io.varve.postgres.Scope;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Refresh tokens: opaque, good for one use, each followed by the next of its family. The family is
 * the session's; only hashes are stored. Who comes with one that was used before shows that two
 * have it.
 */
final class RefreshTokens {

  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

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
          delete from ops.refresh_token where expires < ?
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

  private record Parts(Family family, String hash) {}

  private record Known(UUID user, boolean used) {}

  RefreshTokens(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The first token of a family, or its next. */
  String next(Family family, UUID user, Instant expires) {
    var secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    database.transact(
        Scope.access(family.home()),
        connection -> {
          try (var statement = connection.prepareStatement(ADD)) {
            statement.setObject(1, family.home());
            statement.setObject(2, family.session());
            statement.setString(3, hash(secret));
            statement.setObject(4, user);
            statement.setTimestamp(5, Timestamp.from(expires));
            return statement.executeUpdate();
          }
        });
    return write(family, secret);
  }

  /** Uses a token up. */
  Outcome use(String token) {
    Optional<Parts> parsed = parse(token);
    if (parsed.isEmpty()) {
      return new Unknown();
    }
    Parts parts = parsed.get();
    Family family = parts.family();
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
    return parse(token).flatMap(parts -> known(parts).map(k -> new Used(parts.family(), k.user())));
  }

  private Outcome unused(Parts parts) {
    return known(parts)
        .<Outcome>map(known -> new Reused(parts.family(), known.user()))
        .orElseGet(Unknown::new);
  }

  private Optional<Known> known(Parts parts) {
    Family family = parts.family();
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

  private static String write(Family family, byte[] secret) {
    ByteBuffer token = ByteBuffer.allocate(2 * ID_BYTES + SECRET_BYTES);
    for (UUID id : List.of(family.home(), family.session())) {
      token.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.put(secret).array());
  }

  private static Optional<Parts> parse(String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
    if (bytes.length != 2 * ID_BYTES + SECRET_BYTES) {
      return Optional.empty();
    }
    ByteBuffer parts = ByteBuffer.wrap(bytes);
    var home = new UUID(parts.getLong(), parts.getLong());
    var session = new UUID(parts.getLong(), parts.getLong());
    var secret = new byte[SECRET_BYTES];
    parts.get(secret);
    return Optional.of(new Parts(new Family(home, session), hash(secret)));
  }

  /** Of 256 random bits, which nobody guesses: a plain hash is enough. */
  private static String hash(byte[] secret) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
