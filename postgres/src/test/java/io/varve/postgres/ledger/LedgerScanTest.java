package io.varve.postgres.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.evidence.ledger.Envelope;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LedgerScanTest {

  private static final int EVENTS = 9_001;
  private static final UUID EVEN = UUID.fromString("00000000-0000-7000-8000-000000000000");
  private static final UUID ODD = UUID.fromString("00000000-0000-7000-8000-000000000001");

  @AutoClose static final TestDatabase server = TestDatabase.migrated();
  @AutoClose static final Database database = new Database(server.login(), 4);
  private final LedgerScan scan = new LedgerScan(database);

  @BeforeAll
  static void fill() throws SQLException {
    Sql.run(
        server.superuser(),
        """
        insert into ledger.event (position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
                                  actor_kind, actor_id, impersonator_kind, impersonator_id, request, payload, provenance)
        select n, ('00000000-0000-7000-8000-00000000000' || n % 2)::uuid, (n + 1) / 2, 'risk', uuidv7(), 0, uuidv7(),
               'risk.revised', 1, timestamptz '2026-11-22T01:02:03.000004Z', 'user', uuidv7(),
               case n % 3 when 0 then 'user' end, case n % 3 when 0 then uuidv7() end, case n % 5 when 0 then 'r' end,
               '{ "a" :  "\u20ac \\u20ac" }', '{}'
          from generate_series(1, 9001) n
        """);
  }

  @Test
  void allEventsComeOnceAndInOrder() {
    assertThat(all(0, Long.MAX_VALUE).stream().map(Envelope::position))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, EVENTS).boxed().toList());
    assertThat(all(10, 4_000).stream().map(Envelope::position))
        .containsExactlyElementsOf(LongStream.rangeClosed(11, 4_000).boxed().toList());
    assertThat(all(EVENTS, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void aTenantsEventsComeByTheirNumbersAndNoOthers() {
    List<Envelope> found = new ArrayList<>();
    scan.ofTenant(Scope.query(ODD), ODD, 1, 4_500, found::addAll);

    assertThat(found).allMatch(event -> event.tenant().equals(ODD));
    assertThat(found.stream().map(Envelope::number))
        .containsExactlyElementsOf(LongStream.rangeClosed(2, 4_500).boxed().toList());
    assertThat(scan.ofTenant(Scope.query(EVEN), ODD, 0, Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void whatIsStoredIsReadToTheByte() {
    Envelope third = all(2, 3).getFirst();

    assertThat(third.payload()).hasToString("{ \"a\" :  \"\u20ac \\u20ac\" }");
    assertThat(third.at()).isEqualTo(Instant.parse("2026-11-22T01:02:03.000004Z"));
    assertThat(third.impersonatorKind()).isEqualTo("user");
    assertThat(third.impersonatorId()).isNotNull();
    assertThat(third.request()).isNull();
  }

  private List<Envelope> all(long after, long upTo) {
    List<Envelope> found = new ArrayList<>();
    scan.all(after, upTo, found::addAll);
    return found;
  }
}
