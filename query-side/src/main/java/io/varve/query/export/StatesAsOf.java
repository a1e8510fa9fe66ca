package io.varve.query.export;

import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.catalog.Streams;
import io.varve.evidence.bundle.StateWriter;
import io.varve.evidence.ledger.StoredJson;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What streams had come to after the first so many events of their tenant: as their documents say
 * it, where they have not gone on since, and else folded anew.
 */
final class StatesAsOf {

  private static final int BATCH = 1_000;
  private static final int PAGE = 500;

  private static final String DOCUMENTS =
      """
      select id, sequence, number, doc from read."{stream}" where tenant_id = ? and id = any (?)
      """;

  private final Database database;
  private final LedgerReader ledger;
  private final UUID tenant;
  private final long upTo;

  private record Doc(UUID id, long sequence, long number, StoredJson json) {}

  StatesAsOf(Database database, UUID tenant, long upTo) {
    this.database = database;
    this.ledger = new LedgerReader(database);
    this.tenant = tenant;
    this.upTo = upTo;
  }

  /** Writes the states, and tells how many there are. */
  long write(Touched touched, OutputStream out) throws IOException {
    var writer = new StateWriter(out);
    for (String name : touched.streams()) {
      StreamDefinition<?, ?> stream = Streams.named(name).orElseThrow();
      List<UUID> batch = new ArrayList<>();
      List<List<UUID>> batches = new ArrayList<>();
      touched.each(
          name,
          (id, sequence) -> {
            batch.add(id);
            if (batch.size() == BATCH) {
              batches.add(List.copyOf(batch));
              batch.clear();
            }
          });
      batches.add(batch);
      for (List<UUID> ids : batches) {
        write(stream, ids, writer);
      }
    }
    return writer.end();
  }

  private <S extends State> void write(
      StreamDefinition<S, ?> stream, List<UUID> ids, StateWriter writer) throws IOException {
    Map<UUID, Doc> documents = documents(stream, ids);
    for (UUID id : ids) {
      Doc doc = documents.get(id);
      if (doc == null || doc.number() > upTo) {
        doc = folded(stream, id);
      }
      writer.write(stream.name(), id, doc.sequence(), doc.json().utf8());
    }
  }

  /** The table's name comes from the program. */
  private Map<UUID, Doc> documents(StreamDefinition<?, ?> stream, List<UUID> ids) {
    var documents = new HashMap<UUID, Doc>();
    database
        .query(
            Scope.query(tenant),
            DOCUMENTS.replace("{stream}", stream.name()),
            (statement, first) -> {
              statement.setObject(first, tenant);
              statement.setArray(
                  first + 1, statement.getConnection().createArrayOf("uuid", ids.toArray()));
            },
            row ->
                new Doc(
                    row.getObject(1, UUID.class),
                    row.getLong(2),
                    row.getLong(3),
                    StoredJson.of(row.getString(4))))
        .forEach(doc -> documents.put(doc.id(), doc));
    return documents;
  }

  private <S extends State> Doc folded(StreamDefinition<S, ?> stream, UUID id) {
    @Nullable S state = null;
    @Nullable StoredEvent last = null;
    List<StoredEvent> page = List.of();
    for (long from = 0; from == 0 || page.size() == PAGE; from += PAGE) {
      page = ledger.stream(Scope.query(tenant), tenant, id, from, PAGE);
      for (StoredEvent event : page) {
        if (event.number() <= upTo) {
          state = stream.evolve(state, event.event());
          last = event;
        }
      }
    }
    if (state == null || last == null) {
      throw new IllegalStateException("a stream has no event");
    }
    return new Doc(id, last.sequence(), last.number(), StoredJson.of(Json.write(state)));
  }
}
