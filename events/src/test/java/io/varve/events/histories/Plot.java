package io.varve.events.histories;

import static net.jqwik.api.Combinators.combine;

import io.varve.events.StreamDefinition;
import io.varve.events.TenantEvent;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/** How a stream begins, and what may follow in any order; null where nothing may. */
record Plot(
    StreamDefinition<?, ?> stream,
    Arbitrary<? extends TenantEvent> first,
    @Nullable Arbitrary<? extends TenantEvent> later) {

  private static final int MOST_LATER_EVENTS = 12;

  Arbitrary<History> histories() {
    if (later == null) {
      return first.map(event -> new History(stream, List.of(event)));
    }
    Arbitrary<List<TenantEvent>> rest =
        later.map(TenantEvent.class::cast).list().ofMaxSize(MOST_LATER_EVENTS);
    return combine(first, rest)
        .as(
            (event, events) ->
                new History(stream, Stream.concat(Stream.of(event), events.stream()).toList()));
  }
}
