package io.varve.projections.comparison;

import static java.util.stream.Collectors.groupingBy;

import io.varve.events.StreamDefinition;
import io.varve.events.catalog.Streams;
import io.varve.postgres.Database;
import io.varve.projections.comparison.StoredDocuments.Document;
import io.varve.projections.comparison.StoredDocuments.Expected;
import io.varve.projections.comparison.StoredDocuments.Found;
import io.varve.projections.document.Documents;
import io.varve.projections.document.StreamKey;
import io.varve.projections.feed.LedgerEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds every stream of the ledger once more, by nothing but its {@link StreamDefinition}, and
 * compares what comes out with the documents that are read. Streams come one after the other, in
 * pages: memory grows with the number of tenants at most.
 *
 * <p>It may run while events are written. A document that is newer or older than the fold is
 * compared with its stream as it was then, and is said to lack an event only where its tenant's
 * read models say that they hold it.
 */
public final class ReadModelComparison {

  private static final int AT_ONCE = 500;
  private static final int TOLD = 20;
  private static final int TRIES = 10;

  private final StoredStreams streams;
  private final StoredDocuments documents;
  private final LongConsumer progress;
  private final UUID platform;

  /** Where tenants, organizations and carriers are read, by their id. */
  private final Map<UUID, Set<UUID>> homes = new HashMap<>();

  private final List<Difference> told = new ArrayList<>();
  private final List<Expected> waiting = new ArrayList<>();
  private long events;
  private long folded;
  private long behind;
  private long differing;

  /**
   * @param progress told now and then how many events have been folded
   */
  public ReadModelComparison(Database database, LongConsumer progress) {
    this.streams = new StoredStreams(database);
    this.documents = new StoredDocuments(database);
    this.progress = progress;
    this.platform = streams.platform();
  }

  /** Compares everything. A comparison runs once. */
  public Comparison run() {
    Folding folding = null;
    @Nullable LedgerEvent last = null;
    List<LedgerEvent> page;
    do {
      page = streams.following(last);
      for (LedgerEvent event : page) {
        var key = new StreamKey(event.tenant(), event.id());
        if (folding == null || !folding.key().equals(key)) {
          finish(folding);
          folding = new Folding(key);
        }
        folding.add(event);
        last = event;
      }
      events += page.size();
      progress.accept(events);
    } while (page.size() == StoredStreams.PAGE);
    finish(folding);
    compare();
    Streams.all().forEach(this::findStrays);
    return new Comparison(events, folded, behind, differing, told);
  }

  private void finish(@Nullable Folding finished) {
    if (finished == null) {
      return;
    }
    folded++;
    finished.broken().ifPresent(this::differs);
    finished
        .result()
        .ifPresent(
            result -> {
              Set<UUID> where = Documents.homes(result.key(), result.state(), platform);
              if (StoredDocuments.isGoverned(result.stream())) {
                homes.put(result.key().id(), where);
              }
              where.forEach(home -> waiting.add(new Expected(home, result)));
            });
    if (waiting.size() >= AT_ONCE) {
      compare();
    }
  }

  private void compare() {
    waiting.stream()
        .collect(groupingBy(expected -> expected.stream().stream()))
        .forEach(this::compare);
    waiting.clear();
  }

  private void compare(StreamDefinition<?, ?> stream, List<Expected> expected) {
    List<Found> found = documents.find(stream, expected);
    for (int i = 0; i < found.size(); i++) {
      if (!found.get(i).is(expected.get(i))) {
        look(expected.get(i));
      }
    }
  }

  /** Looks at one document again, as both sides may have moved meanwhile. */
  private void look(Expected expected) {
    StreamDefinition<?, ?> stream = expected.stream().stream();
    StreamKey key = expected.stream().key();
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      long held = streams.held(key.tenant());
      long stored = documents.sequence(stream, expected.home(), key.id());
      Optional<Long> next = streams.number(key, stored + 1);
      if (next.isPresent() && next.get() <= held) {
        differs(expected, "lacks the event of sequence %d".formatted(stored + 1));
        return;
      }
      Optional<Folding.Result> then = streams.fold(key, stored).result();
      Found found =
          then.map(result -> documents.find(stream, List.of(at(expected, result))).getFirst())
              .orElse(new Found(stored, false, false));
      boolean same =
          stored < 0 || then.filter(result -> found.is(at(expected, result))).isPresent();
      if (same) {
        behind += next.isPresent() ? 1 : 0;
        return;
      }
      if (found.sequence() == stored || attempt == TRIES) {
        differs(
            expected,
            then.filter(result -> result.last().sequence() == stored).isEmpty()
                ? "is ahead of the ledger, at sequence %d".formatted(stored)
                : found.folded()
                    ? "has another number, position or time than its events"
                    : "is not what its events come to at sequence %d".formatted(stored));
        return;
      }
    }
  }

  private static Expected at(Expected expected, Folding.Result result) {
    return new Expected(expected.home(), result);
  }

  /** Documents that no stream has led to. */
  private void findStrays(StreamDefinition<?, ?> stream) {
    @Nullable Document last = null;
    List<Document> page;
    do {
      page = documents.following(stream, last, StoredStreams.PAGE);
      for (Document document : page) {
        last = document;
        if (!document.known()) {
          differs(new Difference(stream.name(), document.home(), document.id(), "has no event"));
        } else if (!homes
            .getOrDefault(document.id(), Set.of(document.home()))
            .contains(document.home())) {
          differs(
              new Difference(
                  stream.name(), document.home(), document.id(), "is read there wrongly"));
        }
      }
    } while (page.size() == StoredStreams.PAGE);
  }

  private void differs(Expected expected, String what) {
    differs(
        new Difference(
            expected.stream().stream().name(),
            expected.home(),
            expected.stream().key().id(),
            what));
  }

  private void differs(Difference difference) {
    differing++;
    if (told.size() < TOLD) {
      told.add(difference);
    }
  }
}
