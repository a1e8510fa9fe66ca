package io.varve.postgres.ledger;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** A part of a tenant's ledger that one statement can look through. */
record NumberRange(long after, long to) {

  private static final long LENGTH = 50_000;

  private static final String LAST =
      """
      select number from ledger.counter where tenant_id = ?
      """;

  /** All that a tenant has by now, in order. */
  static List<NumberRange> all(Database database, UUID tenant) {
    long last =
        database
            .queryOne(
                Scope.command(tenant),
                LAST,
                (statement, first) -> statement.setObject(first, tenant),
                row -> row.getLong(1))
            .orElse(0L);
    return LongStream.iterate(0, after -> after < last, after -> after + LENGTH)
        .mapToObj(after -> new NumberRange(after, Math.min(last, after + LENGTH)))
        .toList();
  }
}
