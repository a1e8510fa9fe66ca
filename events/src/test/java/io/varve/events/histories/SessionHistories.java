package io.varve.events.histories;

import static io.varve.events.histories.Values.instants;
import static io.varve.events.histories.Values.users;
import static io.varve.events.histories.Values.uuids;
import static net.jqwik.api.Combinators.combine;

import io.varve.events.session.Factor;
import io.varve.events.session.Session;
import io.varve.events.session.SessionEvent.SessionEnded;
import io.varve.events.session.SessionEvent.SessionStarted;
import io.varve.events.session.SessionEvent.SessionVerified;
import io.varve.events.session.SessionId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Arbitrary sessions. */
final class SessionHistories {

  private SessionHistories() {}

  static Plot plot() {
    Arbitrary<SessionVerified> verifications =
        combine(Arbitraries.of(Factor.class), instants()).as(SessionVerified::new);
    return new Plot(
        Session.STREAM,
        combine(
                uuids().map(SessionId::new),
                users(),
                Arbitraries.integers().greaterOrEqual(0),
                Arbitraries.of(Session.Method.class),
                verifications.injectNull(0.5),
                Arbitraries.integers().greaterOrEqual(0),
                instants())
            .as(
                (id, user, epoch, method, verified, failures, expires) ->
                    new SessionStarted(
                        id,
                        user,
                        epoch,
                        method,
                        verified == null ? null : verified.factor(),
                        verified == null ? null : verified.verifiedAt(),
                        failures,
                        expires)),
        Arbitraries.oneOf(
            verifications, Arbitraries.of(Session.Ending.class).map(SessionEnded::new)));
  }
}
