package io.varve.query.audit;

import io.varve.events.audit.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One search of one tenant's trail, in one order. */
final class Look {

  /** How many events that the index lacks are looked through for one page. */
  static final int UNINDEXED = 4096;

  /** How many blocks are walked at first; four times as many after each step. */
  private static final int FIRST_BLOCKS = 16;

  private static final int MOST_BLOCKS = 1024;

  private final TrailLedger ledger;
  private final TrailIndex index;
  private final UUID tenant;
  private final AuditFilter filter;
  private final Set<Term> terms;
  private final boolean newestFirst;

  /**
   * @param entries in order, at most as many as were wanted
   * @param stoppedAt the last number that was looked at, where it was left at that before there
   *     were enough of them; null at the end of the range
   * @param total of the whole range
   */
  record Seen(List<AuditEntry> entries, @Nullable Long stoppedAt, Total total) {}

  /** What one part of the range, indexed or not, comes to. */
  private record Part(List<AuditEntry> entries, boolean whole, Total total) {}

  Look(TrailLedger ledger, TrailIndex index, UUID tenant, AuditFilter filter, boolean newestFirst) {
    this.ledger = ledger;
    this.index = index;
    this.tenant = tenant;
    this.filter = filter;
    this.terms = filter.terms();
    this.newestFirst = newestFirst;
  }

  /**
   * @param indexed the number of the last event that the index holds
   * @param wanted how many events
   */
  Seen at(Numbers range, long indexed, int wanted) {
    if (terms.isEmpty()) {
      return new Seen(
          ledger.search(tenant, filter, range, newestFirst, wanted),
          null,
          new Total(range.size(), true));
    }
    Numbers fresh = range.after(indexed);
    Numbers looked = fresh.first(UNINDEXED, newestFirst);
    Part unindexed = lookThrough(fresh, looked);
    int left = newestFirst ? unindexed.whole() ? wanted - unindexed.entries().size() : 0 : wanted;
    Part known = lookUp(range.upTo(indexed), Math.max(0, left));
    var entries = new ArrayList<>(newestFirst ? unindexed.entries() : known.entries());
    entries.addAll(newestFirst ? known.entries() : unindexed.entries());
    @Nullable Long stoppedAt =
        unindexed.whole() ? null : (Long) (newestFirst ? looked.from() : looked.to() - 1);
    return new Seen(
        entries.size() > wanted ? entries.subList(0, wanted) : entries,
        stoppedAt,
        known.total().plus(unindexed.total()));
  }

  private Part lookThrough(Numbers range, Numbers looked) {
    if (range.isEmpty()) {
      return new Part(List.of(), true, new Total(0, true));
    }
    List<AuditEntry> found =
        ledger.search(tenant, filter, looked, newestFirst, Math.toIntExact(looked.size()));
    boolean whole = looked.equals(range);
    long estimate = whole ? found.size() : found.size() * range.size() / looked.size();
    return new Part(found, whole, new Total(estimate, whole));
  }

  /** Walks the blocks of the rarest term from the wanted end, until there are enough events. */
  private Part lookUp(Numbers range, int wanted) {
    Map<Term, Long> counts = index.count(tenant, terms, range);
    Term rarest = terms.stream().min(Comparator.comparing(t -> counts.getOrDefault(t, 0L))).get();
    long most = counts.getOrDefault(rarest, 0L);
    List<Term> others = terms.stream().filter(term -> !term.equals(rarest)).toList();
    var entries = new ArrayList<AuditEntry>();
    long seen = 0;
    long matching = 0;
    Numbers rest = range;
    for (int blocks = FIRST_BLOCKS;
        seen < most && (seen == 0 || entries.size() < wanted) && !rest.isEmpty();
        blocks = Math.min(4 * blocks, MOST_BLOCKS)) {
      List<TrailIndex.Candidates> walked =
          index.walk(tenant, rarest, others, rest, newestFirst, blocks);
      if (walked.isEmpty()) {
        break;
      }
      List<Long> numbers = new ArrayList<>();
      for (TrailIndex.Candidates block : walked) {
        seen += block.seen();
        numbers.addAll(newestFirst ? block.numbers().reversed() : block.numbers());
      }
      matching += numbers.size();
      read(numbers, wanted, entries);
      rest = beyond(rest, walked.getLast().block());
    }
    return new Part(entries, true, total(others.isEmpty(), most, seen, matching));
  }

  /** A key is a hash, and another term may have the same: the event itself decides. */
  private void read(List<Long> numbers, int wanted, List<AuditEntry> into) {
    for (int from = 0; from < numbers.size() && into.size() < wanted; ) {
      int to = Math.min(numbers.size(), from + wanted - into.size());
      ledger.these(tenant, numbers.subList(from, to), newestFirst).stream()
          .filter(entry -> entry.has(terms))
          .forEach(into::add);
      from = to;
    }
  }

  private Numbers beyond(Numbers range, int block) {
    Numbers numbers = Numbers.ofBlock(block);
    return newestFirst ? range.upTo(numbers.from() - 1) : range.after(numbers.to() - 1);
  }

  /** What was walked is taken for what was not. */
  private static Total total(boolean one, long most, long seen, long matching) {
    if (one || seen >= most) {
      return new Total(one ? most : matching, true);
    }
    long estimate = seen == 0 ? most : matching + (most - seen) * matching / seen;
    return new Total(Math.min(estimate, most), false);
  }
}
