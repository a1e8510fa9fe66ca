package io.varve.query.export;

import io.varve.events.Json;
import io.varve.events.audit.Term;
import io.varve.events.export.ExportScope;
import io.varve.events.export.ExportScope.Search;
import io.varve.events.hold.Hold;
import io.varve.events.provenance.Provenance;
import io.varve.evidence.ledger.Envelope;
import io.varve.postgres.ledger.Holds;
import io.varve.postgres.ledger.StoredEvent;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which events are what an export asks for. */
final class Choice {

  private Choice() {}

  /**
   * @param hold the one that the scope names, as it stands; null if it names none
   */
  static Predicate<Envelope> of(ExportScope scope, @Nullable Hold hold) {
    if (hold != null) {
      return event -> Holds.covers(hold, stored(event));
    }
    if (scope.search() != null) {
      return of(scope.search());
    }
    return event -> true;
  }

  /** The cheap questions first: provenance is only read for who passes them. */
  private static Predicate<Envelope> of(Search search) {
    Set<Term> terms = search.terms();
    return event ->
        isWithin(event.at(), search.from(), search.to())
            && is(search.stream(), event.stream())
            && is(search.type(), event.type())
            && is(search.id(), event.id())
            && is(search.actor(), event.actorId())
            && is(search.impersonator(), event.impersonatorId())
            && Term.of(event.stream(), event.id(), event.type(), provenance(event))
                .containsAll(terms);
  }

  private static boolean isWithin(Instant at, @Nullable Instant from, @Nullable Instant to) {
    return (from == null || !at.isBefore(from)) && (to == null || at.isBefore(to));
  }

  private static boolean is(@Nullable String wanted, String there) {
    return wanted == null || wanted.equals(there);
  }

  private static boolean is(@Nullable UUID wanted, @Nullable UUID there) {
    return wanted == null || wanted.equals(there);
  }

  private static Provenance provenance(Envelope event) {
    return Json.read(event.provenance().text(), Provenance.class);
  }

  private static StoredEvent stored(Envelope event) {
    return new StoredEvent(
        event.position(),
        event.tenant(),
        event.number(),
        event.stream(),
        event.id(),
        event.sequence(),
        event.eventId(),
        event.type(),
        event.revision(),
        event.at(),
        event.payload().text(),
        event.provenance().text());
  }
}
