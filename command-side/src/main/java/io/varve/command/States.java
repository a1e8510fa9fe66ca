package io.varve.command;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.StreamId;
import io.varve.events.TenantEvent;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What other streams than its own, on which a decision rests, fold into in the ledger now. */
public final class States {

  private final LedgerReader ledger;

  public States(Database database) {
    this.ledger = new LedgerReader(database);
  }

  /**
   * Those streams of a kind that are there in a tenant, in one round trip. Each is read as a whole:
   * for streams that stay short.
   */
  public <I extends StreamId, S extends State, E extends TenantEvent> Map<I, S> find(
      StreamDefinition<S, E> stream, UUID tenant, Collection<I> ids) {
    var states = new HashMap<I, S>();
    if (ids.isEmpty()) {
      return states;
    }
    Map<UUID, I> wanted =
        ids.stream().collect(Collectors.toMap(StreamId::value, Function.identity()));
    for (StoredEvent stored :
        ledger.beginnings(Scope.command(tenant), tenant, wanted.keySet(), Integer.MAX_VALUE)) {
      if (stored.stream().equals(stream.name())) {
        states.compute(wanted.get(stored.id()), (id, was) -> stream.evolve(was, stored.event()));
      }
    }
    return states;
  }
}
