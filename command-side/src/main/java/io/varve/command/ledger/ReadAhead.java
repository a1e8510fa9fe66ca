package io.varve.command.ledger;

import io.varve.command.stream.Run;
import io.varve.command.stream.StateCache;
import io.varve.command.stream.StreamKey;
import io.varve.events.access.Caller;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads the streams that one command is about to load in one round trip, and from the ledger itself
 * whatever is remembered of them.
 */
public final class ReadAhead {

  /** A longer stream is read when it is loaded, a page at a time and from its snapshot. */
  private static final int LONGEST = 50;

  private final LedgerReader reader;
  private final StateCache cache;

  public ReadAhead(LedgerReader reader, StateCache cache) {
    this.reader = reader;
    this.cache = cache;
  }

  /** Reads streams of the caller's tenant for the command that is being handled. */
  public void read(Collection<UUID> ids) {
    UUID tenant = Caller.current().tenant();
    Map<UUID, List<StoredEvent>> streams = new HashMap<>();
    for (StoredEvent event : reader.beginnings(Scope.command(tenant), tenant, ids, LONGEST + 1)) {
      streams.computeIfAbsent(event.id(), id -> new ArrayList<>()).add(event);
    }
    for (UUID id : ids) {
      cache.remove(new StreamKey(tenant, id).toString());
    }
    streams.values().removeIf(events -> events.size() > LONGEST);
    streams.forEach((id, events) -> Run.current().keepAhead(new StreamKey(tenant, id), events));
  }
}
