package io.varve.web.demo;

import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.catalog.Streams;
import io.varve.events.diff.DiffMismatchException;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The law on what is stored: folding a stream's events and applying their diffs give the same
 * state, event by event. Holds one stream's state and a page of events in memory, whatever the size
 * of the ledger.
 */
final class DiffLaw {

  private static final int PAGE = 1_000;

  private final LedgerReader ledger;
  private final List<String> violations = new ArrayList<>();
  private long events;

  DiffLaw(Database database) {
    this.ledger = new LedgerReader(database);
  }

  /** How many events were checked. */
  long events() {
    return events;
  }

  /** A line for each event that breaks the law. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  /** Checks every stream of the ledger. */
  DiffLaw check() {
    List<StoredEvent> page = ledger.following(0, PAGE);
    while (!page.isEmpty()) {
      page.stream().filter(event -> event.sequence() == 0).forEach(this::checkStream);
      page = ledger.following(page.getLast().position(), PAGE);
    }
    return this;
  }

  private void checkStream(StoredEvent first) {
    StreamDefinition<?, ?> stream = Streams.named(first.stream()).orElseThrow();
    @Nullable State state = null;
    @Nullable JsonNode applied = null;
    long sequence = 0;
    List<StoredEvent> page;
    do {
      page = ledger.stream(Scope.projector(), first.tenant(), first.id(), sequence, PAGE);
      for (StoredEvent event : page) {
        state = stream.evolve(state, event.event());
        applied = apply(event, applied);
        if (event.sequence() != sequence || !Objects.equals(applied, Json.tree(state))) {
          violations.add(event.stream() + ' ' + event.id() + " at " + event.sequence());
        }
        sequence++;
        events++;
      }
    } while (page.size() == PAGE);
  }

  private @Nullable JsonNode apply(StoredEvent event, @Nullable JsonNode before) {
    try {
      return event.provenance().diff().applyTo(before);
    } catch (DiffMismatchException mismatch) {
      return null;
    }
  }
}
