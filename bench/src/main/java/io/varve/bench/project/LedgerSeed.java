package io.varve.bench.project;

import io.varve.bench.Server;
import io.varve.bench.project.TenantHistory.Told;
import io.varve.events.Json;
import io.varve.events.catalog.EventTypes;
import io.varve.events.catalog.EventTypes.StoredType;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Lays down a ledger in bulk: what commands would have written, but with COPY. */
public final class LedgerSeed {

  private static final String COPY =
      """
      copy ledger.event (
        position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
        actor_kind, actor_id, payload, provenance) from stdin
      """;

  private static final int CHUNK = 1 << 20;

  private LedgerSeed() {}

  public static void lay(Server server, int tenants, int events) throws Exception {
    List<TenantHistory> histories =
        LongStream.range(0, tenants).mapToObj(TenantHistory::new).toList();
    Map<UUID, Long> numbers = new HashMap<>();
    var random = new Random(1);
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    try (Connection connection = server.connect()) {
      CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
      var text = new StringBuilder();
      for (long position = 1; position <= events; position++) {
        at = at.plusMillis(20);
        Told told = histories.get(random.nextInt(tenants)).next(at);
        line(text, position, numbers.merge(told.tenant(), 1L, Long::sum), at, told);
        if (text.length() > CHUNK || position == events) {
          byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
          copy.writeToCopy(bytes, 0, bytes.length);
          text.setLength(0);
        }
      }
      copy.endCopy();
    }
    server.execute(
        "update ledger.head set (position, at) = (select max(position), max(at) from ledger.event)",
        """
        insert into ledger.counter (tenant_id, number)
        select tenant_id, max(number) from ledger.event group by tenant_id
        """);
    server.settle();
  }

  private static void line(StringBuilder text, long position, long number, Instant at, Told told) {
    StoredType type = EventTypes.catalog().storedTypeOf(told.event());
    text.append(position).append('\t').append(told.tenant());
    text.append('\t').append(number);
    text.append('\t').append(EventTypes.catalog().streamOf(told.event()).name());
    text.append('\t').append(told.id()).append('\t').append(told.sequence());
    text.append('\t').append(UUID.randomUUID());
    text.append('\t').append(type.name()).append('\t').append(type.revision());
    text.append('\t').append(at).append("\tuser\t").append(told.provenance().actor().id());
    text.append('\t').append(escaped(Json.write(told.event())));
    text.append('\t').append(escaped(Json.write(told.provenance()))).append('\n');
  }

  /** JSON on one line has no tab and no line break of its own. */
  private static String escaped(String json) {
    return json.replace("\\", "\\\\");
  }
}
