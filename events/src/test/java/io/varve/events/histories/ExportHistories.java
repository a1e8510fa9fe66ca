package io.varve.events.histories;

import static io.varve.events.histories.Values.instants;
import static io.varve.events.histories.Values.lines;
import static io.varve.events.histories.Values.uuids;
import static net.jqwik.api.Arbitraries.just;
import static net.jqwik.api.Combinators.combine;

import io.varve.events.export.Export;
import io.varve.events.export.Export.Bundle;
import io.varve.events.export.ExportEvent.ExportCancelled;
import io.varve.events.export.ExportEvent.ExportCompleted;
import io.varve.events.export.ExportEvent.ExportDownloaded;
import io.varve.events.export.ExportEvent.ExportExpired;
import io.varve.events.export.ExportEvent.ExportFailed;
import io.varve.events.export.ExportEvent.ExportRedacted;
import io.varve.events.export.ExportEvent.ExportRequested;
import io.varve.events.export.ExportId;
import io.varve.events.export.ExportScope;
import io.varve.events.export.ExportScope.Search;
import io.varve.events.hold.HoldId;
import io.varve.events.provenance.Actor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Arbitrary exports. */
final class ExportHistories {

  private ExportHistories() {}

  static Plot plot() {
    Arbitrary<Long> counts = Arbitraries.longs().greaterOrEqual(0);
    Arbitrary<Bundle> bundles =
        combine(counts, Arbitraries.of("ab", "cd"), counts, counts, Arbitraries.of(true, false))
            .as(Bundle::new);
    Arbitrary<Actor> actors = uuids().map(Actor::user);
    return new Plot(
        Export.STREAM,
        combine(
                uuids().map(ExportId::new),
                scopes(),
                lines(),
                Arbitraries.of(Export.Personal.class),
                actors)
            .as(ExportRequested::new),
        Arbitraries.oneOf(
            bundles.map(ExportCompleted::new),
            just(new ExportFailed("export-failed")),
            just(new ExportCancelled()),
            combine(actors, Arbitraries.of("ab"), counts, counts).as(ExportDownloaded::new),
            combine(uuids(), bundles).as(ExportRedacted::new),
            just(new ExportExpired())));
  }

  private static Arbitrary<ExportScope> scopes() {
    return Arbitraries.oneOf(
        just(ExportScope.TENANT),
        uuids().map(id -> new ExportScope(new HoldId(id), null)),
        combine(instants().injectNull(0.5), uuids().injectNull(0.5), lines().injectNull(0.5))
            .as(
                (from, id, request) ->
                    new ExportScope(
                        null,
                        new Search(
                            from, null, id, null, "risk", id, null, request, null, "/title",
                            "fire"))));
  }
}
