package io.varve.postgres.ledger;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.util.Optional;
import java.util.UUID;

/** Who holds the values that only one stream of the whole platform may hold, as it stands now. */
public final class PlatformClaims {

  private static final String HOLDER =
      """
      select holder_tenant, holder_id from ledger.claim where tenant_id = ? and kind = ? and value = ?
      """;

  private final Database database;
  private final UUID platform;

  /** A stream, and the tenant that it is in. */
  public record Holder(UUID tenant, UUID id) {}

  /**
   * @param platform the platform's own tenant, within which such values are claimed
   */
  public PlatformClaims(Database database, UUID platform) {
    this.database = database;
    this.platform = platform;
  }

  public Optional<Holder> holder(String kind, String value) {
    return database.queryOne(
        Scope.command(platform),
        HOLDER,
        (statement, first) -> {
          statement.setObject(first, platform);
          statement.setString(first + 1, kind);
          statement.setString(first + 2, value);
        },
        row -> new Holder(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
  }
}
