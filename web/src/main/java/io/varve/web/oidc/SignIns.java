package io.varve.web.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.varve.events.provider.ProviderId;
import io.varve.postgres.Database;
import io.varve.postgres.Expiring;
import io.varve.postgres.Scope;
import io.varve.web.http.Sha256;
import io.varve.web.oidc.CodeFlow.Pending;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * Sign-ins that have gone to a provider and are not back yet. A state begins with the home whose
 * provider it is, so that whoever comes back is looked for in that home alone.
 */
final class SignIns {

  static final Duration LIFE = Duration.ofMinutes(10);

  private static final int UUID_LENGTH = 36;

  private static final String BEGIN =
      """
      insert into ops.oidc_sign_in (tenant_id, state, browser, provider_id, nonce, verifier, destination, expires)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /**
   * Of two who come at once, one finds it used; another browser finds nothing and uses nothing up.
   */
  private static final String TAKE =
      """
      update ops.oidc_sign_in
         set used = ?
       where tenant_id = ? and state = ? and browser = ? and used is null and expires > ?
      returning provider_id, nonce, verifier, destination
      """;

  static final Expiring EXPIRING =
      Expiring.ofTenants(
          """
          select distinct tenant_id from ops.oidc_sign_in where expires < ?
          """,
          """
          delete from ops.oidc_sign_in where expires < ?
          """);

  private final Database database;
  private final Clock clock;

  /**
   * What is to come back.
   *
   * @param browser the secret that the browser keeps
   */
  record Begun(Pending pending, String browser) {}

  /** What came back. */
  record Taken(UUID home, ProviderId provider, Pending pending, String destination) {}

  SignIns(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * @param destination where the browser goes once it is signed in
   */
  Begun begin(UUID home, ProviderId provider, String destination) {
    var state = new State(home + new State().getValue());
    var pending = new Pending(state, new Nonce(), new CodeVerifier());
    String browser = new State().getValue();
    database.transact(
        Scope.access(home),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            statement.setObject(1, home);
            statement.setBytes(2, hash(state.getValue()));
            statement.setBytes(3, hash(browser));
            statement.setObject(4, provider.value());
            statement.setString(5, pending.nonce().getValue());
            statement.setString(6, pending.verifier().getValue());
            statement.setString(7, destination);
            statement.setObject(8, now().plus(LIFE));
            return statement.executeUpdate();
          }
        });
    return new Begun(pending, browser);
  }

  /** The sign-in that a state is of, once, if it was begun in the same browser and not long ago. */
  Optional<Taken> take(State state, String browser) {
    return home(state).flatMap(home -> take(home, state, browser));
  }

  private Optional<Taken> take(UUID home, State state, String browser) {
    OffsetDateTime now = now();
    return database.queryOne(
        Scope.access(home),
        TAKE,
        (statement, first) -> {
          statement.setObject(first, now);
          statement.setObject(first + 1, home);
          statement.setBytes(first + 2, hash(state.getValue()));
          statement.setBytes(first + 3, hash(browser));
          statement.setObject(first + 4, now);
        },
        row ->
            new Taken(
                home,
                new ProviderId(row.getObject(1, UUID.class)),
                new Pending(state, new Nonce(row.getString(2)), new CodeVerifier(row.getString(3))),
                row.getString(4)));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Optional<UUID> home(State state) {
    String text = state.getValue();
    try {
      return text.length() < UUID_LENGTH
          ? Optional.empty()
          : Optional.of(UUID.fromString(text.substring(0, UUID_LENGTH)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** Of 256 random bits, which nobody guesses: a plain hash is enough. */
  private static byte[] hash(String secret) {
    return Sha256.of(secret.getBytes(US_ASCII));
  }
}
