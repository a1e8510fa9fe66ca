package io.varve.events.histories;

import static io.varve.events.histories.Values.lines;
import static io.varve.events.histories.Values.users;
import static io.varve.events.histories.Values.uuids;
import static net.jqwik.api.Arbitraries.just;
import static net.jqwik.api.Combinators.combine;

import io.varve.events.erasure.Erasure;
import io.varve.events.erasure.ErasureEvent.ErasureApproved;
import io.varve.events.erasure.ErasureEvent.ErasureBlocked;
import io.varve.events.erasure.ErasureEvent.ErasureCompleted;
import io.varve.events.erasure.ErasureEvent.ErasureRequested;
import io.varve.events.erasure.ErasureEvent.ErasureWithdrawn;
import io.varve.events.erasure.ErasureId;
import io.varve.events.hold.HoldId;
import io.varve.events.tenancy.TenantId;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Arbitrary erasures. */
final class ErasureHistories {

  private ErasureHistories() {}

  static Plot plot() {
    Arbitrary<Long> counts = Arbitraries.longs().greaterOrEqual(0);
    Arbitrary<Erasure.Extent> extents = combine(counts, counts).as(Erasure.Extent::new);
    return new Plot(
        Erasure.STREAM,
        Arbitraries.oneOf(
            combine(uuids().map(ErasureId::new), uuids(), lines(), users(), extents)
                .as(
                    (id, subject, basis, by, extent) ->
                        new ErasureRequested(id, null, subject, basis, by, extent)),
            combine(
                    uuids().map(ErasureId::new),
                    uuids().map(TenantId::new),
                    uuids().injectNull(0.5),
                    lines(),
                    users(),
                    extents)
                .as(ErasureRequested::new)),
        Arbitraries.oneOf(
            just(new ErasureWithdrawn()),
            users().map(ErasureApproved::new),
            just(new ErasureBlocked(null, null)),
            combine(uuids().map(HoldId::new), lines()).as(ErasureBlocked::new),
            combine(extents, Arbitraries.maps(lines(), counts).ofMaxSize(3).map(TreeMap::new))
                .as(ErasureCompleted::new)));
  }
}
