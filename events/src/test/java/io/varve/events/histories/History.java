package io.varve.events.histories;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.TenantEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one stream in their order, each of which keeps the rules of its fields.
 *
 * @param events from the stream's first on; never empty
 */
public record History(StreamDefinition<?, ?> stream, List<TenantEvent> events) {

  public History {
    events = List.copyOf(events);
  }

  /** The state after each event. */
  public List<State> states() {
    var states = new ArrayList<State>();
    for (TenantEvent event : events) {
      states.add(stream.evolve(states.isEmpty() ? null : states.getLast(), event));
    }
    return states;
  }
}
