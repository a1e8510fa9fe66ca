package io.varve.web.mfa;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.vault.Vault;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Base32;

/**
 * Codes that replace a lost device, each once. They are random enough (80 bits) that nobody guesses
 * one, so what is stored is a keyed hash, which one statement finds and uses up; a slow hash would
 * have to be computed for each of ten and would protect nothing more.
 */
final class RecoveryCodes {

  static final int COUNT = 10;

  private static final int BYTES = 10;
  private static final String KIND = "recovery-code";
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final String ISSUE =
      """
      insert into ops.recovery_code (tenant_id, user_id, hashes) values (?, ?, ?)
      on conflict (tenant_id, user_id) do update set hashes = excluded.hashes
      """;

  private static final String HOLDS =
      """
      select true from ops.recovery_code where tenant_id = ? and user_id = ? and ? = any (hashes)
      """;

  /** One of two who come at once finds it gone. */
  private static final String USE =
      """
      update ops.recovery_code set hashes = array_remove(hashes, ?)
       where tenant_id = ? and user_id = ? and ? = any (hashes)
      """;

  private final Database database;
  private final Vault vault;

  RecoveryCodes(Database database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  /** Gives a user new codes; those from before are good no more. Nobody can read them again. */
  List<String> issue(UUID home, UUID user) {
    List<String> codes = Stream.generate(RecoveryCodes::random).limit(COUNT).toList();
    store(home, user, codes.stream().map(code -> hash(user, code)).toArray(String[]::new));
    return codes;
  }

  /** Leaves a user without codes. */
  void withdraw(UUID home, UUID user) {
    store(home, user, new String[0]);
  }

  /** Whether a code is one of the user's that was not used yet. */
  boolean holds(UUID home, UUID user, String code) {
    return database
        .queryOne(
            Scope.access(home),
            HOLDS,
            (statement, first) -> {
              statement.setObject(first, home);
              statement.setObject(first + 1, user);
              statement.setString(first + 2, hash(user, code));
            },
            row -> row.getBoolean(1))
        .isPresent();
  }

  /** Uses a code up; false if it is none, or was used before. */
  boolean use(UUID home, UUID user, String code) {
    String hash = hash(user, code);
    return database.transact(
        Scope.access(home),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(USE)) {
            statement.setString(1, hash);
            statement.setObject(2, home);
            statement.setObject(3, user);
            statement.setString(4, hash);
            return statement.executeUpdate() == 1;
          }
        });
  }

  private void store(UUID home, UUID user, String[] hashes) {
    database.transact(
        Scope.access(home),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ISSUE)) {
            statement.setObject(1, home);
            statement.setObject(2, user);
            statement.setArray(3, connection.createArrayOf("text", hashes));
            return statement.executeUpdate();
          }
        });
  }

  private String hash(UUID user, String code) {
    return vault.lookupHash(KIND, user + " " + folded(code));
  }

  /** Four groups of four letters and digits. */
  private static String random() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Base32().encodeAsString(bytes).replaceAll("(.{4})(?!$)", "$1-");
  }

  /** However it was copied: in any case, with or without dashes; neither 0 nor 1 is in a code. */
  private static String folded(String code) {
    return code.toUpperCase(Locale.ROOT)
        .replaceAll("[^A-Z0-9]", "")
        .replace('0', 'O')
        .replace('1', 'I');
  }
}
