package io.varve.command.key;

import io.varve.events.access.Caller;
import io.varve.events.source.Source;
import io.varve.events.source.SourceEvent.SourceRegistered;
import io.varve.events.source.SourceId;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import java.util.UUID;

/** Tells which sources of the caller's tenant other systems send values to. */
public final class PushedSources {

  private final LedgerReader ledger;

  public PushedSources(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /** Its first event suffices: a source keeps its kind. */
  boolean contain(SourceId id) {
    UUID tenant = Caller.current().tenant();
    return ledger.stream(Scope.command(tenant), tenant, id.value(), 0, 1).stream()
        .anyMatch(
            first ->
                first.event() instanceof SourceRegistered source
                    && source.kind() == Source.Kind.EXTERNAL_PUSH);
  }
}
