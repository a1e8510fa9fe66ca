package io.varve.web.erasure;

import io.varve.events.erasure.Erasure;
import io.varve.events.hold.Hold;
import io.varve.events.hold.HoldId;
import io.varve.postgres.ledger.Holds;
import io.varve.postgres.ledger.PersonalTraces;
import io.varve.postgres.ledger.PersonalTraces.Trace;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What there is about a person, and which holds keep it: as the ledger has it now. */
final class Findings {

  private final Holds holds;
  private final PersonalTraces traces;
  private final List<ErasedSubject> others;

  Findings(Holds holds, PersonalTraces traces, List<ErasedSubject> others) {
    this.holds = holds;
    this.traces = traces;
    this.others = List.copyOf(others);
  }

  /** What is kept, and for which matter. */
  record Keeper(HoldId hold, String matter) {}

  List<Trace> traces(Subject subject) {
    return traces.of(subject.tenant(), subject.person());
  }

  Erasure.Extent extent(Subject subject) {
    return extent(traces(subject));
  }

  static Erasure.Extent extent(List<Trace> traces) {
    return new Erasure.Extent(
        traces.stream().mapToLong(Trace::events).sum(),
        traces.stream().mapToLong(Trace::fields).sum());
  }

  /**
   * The holds that forbid it. In a retired tenant none can be placed any more: what is held of it
   * is said in the ledger of its organization, by a hold on all of that or on the tenant's id.
   */
  List<Keeper> keepers(Subject subject) {
    UUID person = subject.person();
    Stream<Hold> own =
        person == null
            ? holds.standing(subject.tenant()).stream()
            : holds.covering(subject.tenant(), person).stream();
    Stream<Hold> above =
        subject.retired() == null
            ? Stream.empty()
            : holds.standing(subject.home()).stream().filter(hold -> keeps(hold, subject));
    return Stream.concat(own, above).map(hold -> new Keeper(hold.id(), hold.matter())).toList();
  }

  /** How much there is of what is kept elsewhere. */
  SortedMap<String, Long> others(UUID tenant, @Nullable UUID person) {
    var counts = new TreeMap<String, Long>();
    if (person != null) {
      others.forEach(other -> counts.merge(other.what(), other.count(tenant, person), Long::sum));
    }
    return counts;
  }

  /** Has it deleted, and tells how much there was. */
  SortedMap<String, Long> forget(UUID tenant, UUID person) {
    var counts = new TreeMap<String, Long>();
    others.forEach(other -> counts.merge(other.what(), other.forget(tenant, person), Long::sum));
    return counts;
  }

  private static boolean keeps(Hold hold, Subject subject) {
    return hold.scope().wholeTenant()
        || hold.scope().ids().contains(subject.tenant())
        || (subject.person() != null && hold.names(subject.person()));
  }
}
