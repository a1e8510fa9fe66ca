package io.varve.command.ledger;

import io.varve.command.stream.StreamKey;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import java.util.List;
import java.util.stream.Stream;

/** One stream, read a page at a time, so that a long one is never in memory whole. */
record StreamPages(LedgerReader reader, Scope scope, StreamKey key, long from, int page) {

  Stream<StoredEvent> stream() {
    return Stream.iterate(read(from), events -> !events.isEmpty(), this::after)
        .flatMap(List::stream);
  }

  private List<StoredEvent> after(List<StoredEvent> events) {
    return events.size() < page ? List.of() : read(events.getLast().sequence() + 1);
  }

  private List<StoredEvent> read(long first) {
    return reader.stream(scope, key.tenant(), key.id(), first, page);
  }
}
