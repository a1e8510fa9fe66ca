package io.varve.events.histories;

import static net.jqwik.api.Combinators.combine;

import io.varve.events.StreamDefinition;
import io.varve.events.TenantEvent;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/** How a stream begins, and what may follow in any order. */
record Plot(
    StreamDefinition<?, ?> stream,
    Arbitrary<? extends TenantEvent> first,
    Arbitrary<? extends TenantEvent> later) {

  private static final int MOST_LATER_EVENTS = 12;

  Arbitrary<History> histories() {
    Arbitrary<List<TenantEvent>> rest =
        later.map(TenantEvent.class::cast).list().ofMaxSize(MOST_LATER_EVENTS);
    return combine(first, rest)
        .as(
            (event, events) ->
                new History(stream, Stream.concat(Stream.of(event), events.stream()).toList()));
  }
}
