package io.varve.events.histories;

import static io.varve.events.histories.Values.flags;
import static io.varve.events.histories.Values.instants;
import static io.varve.events.histories.Values.lines;
import static io.varve.events.histories.Values.sortedSets;
import static io.varve.events.histories.Values.users;
import static io.varve.events.histories.Values.uuids;
import static net.jqwik.api.Arbitraries.just;
import static net.jqwik.api.Combinators.combine;

import io.varve.events.hold.Hold;
import io.varve.events.hold.Hold.Say;
import io.varve.events.hold.HoldEvent.HoldExtended;
import io.varve.events.hold.HoldEvent.HoldPlaced;
import io.varve.events.hold.HoldEvent.HoldReleaseAsked;
import io.varve.events.hold.HoldEvent.HoldReleaseWithdrawn;
import io.varve.events.hold.HoldEvent.HoldReleased;
import io.varve.events.hold.HoldId;
import io.varve.events.hold.HoldScope;
import io.varve.events.identity.UserId;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Arbitrary legal holds. */
final class HoldHistories {

  private HoldHistories() {}

  static Plot plot() {
    Arbitrary<SortedSet<UserId>> custodians = sortedSets(users());
    Arbitrary<Say> says = combine(users(), lines()).as(Say::new);
    return new Plot(
        Hold.STREAM,
        combine(uuids().map(HoldId::new), lines(), lines(), custodians, scopes(), users())
            .as(HoldPlaced::new),
        Arbitraries.oneOf(
            combine(custodians, scopes(), says).as(HoldExtended::new),
            says.map(HoldReleaseAsked::new),
            just(new HoldReleaseWithdrawn()),
            says.map(HoldReleased::new)));
  }

  private static Arbitrary<HoldScope> scopes() {
    return Arbitraries.oneOf(
        just(HoldScope.ofTenant()),
        combine(
                Arbitraries.of("risk", "kri", "api-key").set().ofMinSize(1).map(TreeSet::new),
                sortedSets(uuids()),
                sortedSets(uuids()),
                instants(),
                flags(),
                flags())
            .as(
                (streams, ids, subjects, from, begins, ends) ->
                    new HoldScope(
                        false,
                        streams,
                        ids,
                        subjects,
                        begins ? from : null,
                        ends ? from.plus(Duration.ofDays(1)) : null)));
  }
}
