package io.varve.projections.verify;

import io.varve.evidence.checkpoint.Origin;
import io.varve.evidence.key.KeyChain;
import io.varve.evidence.key.KeyStatement;
import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteKey;
import io.varve.evidence.tile.Tile;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerScan;
import io.varve.postgres.vault.ErasedSubjects;
import io.varve.projections.verify.Progress.Phase;
import io.varve.projections.verify.SealRows.LedgerHead;
import io.varve.projections.verify.SealRows.LogCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a whole ledger, whatever its size in the same memory: every event's place and hash,
 * every tree, every checkpoint and signature, what is kept outside, and whether each event's diff
 * is the difference that it made. What is written meanwhile is left for the next time.
 */
public final class LedgerVerification {

  private final Database database;
  private final LedgerScan ledger;
  private final SealRows seals;
  private final OutsideCheckpoints outside;
  private final Progress progress;

  private long events;
  private Map<UUID, Long> tenants = Map.of();
  private long sealed;
  private long streams;
  private long erased;
  private @Nullable SealedLog log;

  public LedgerVerification(Database database, OutsideCheckpoints outside, Progress progress) {
    this.database = database;
    this.ledger = new LedgerScan(database);
    this.seals = new SealRows(database);
    this.outside = outside;
    this.progress = progress;
  }

  /**
   * Checks until something is wrong.
   *
   * @param pinned the key that is known from elsewhere: all that is trusted; null for the first
   *     that the ledger names itself
   * @param streamsToo whether streams are folded, too, which takes longer than all the rest
   */
  public Verdict verify(@Nullable NoteKey pinned, boolean streamsToo) {
    try {
      // In this order: what the log speaks of is in the ledger then.
      LogCheckpoint last = seals.lastLogCheckpoint().orElse(null);
      LedgerHead head = seals.head();
      var opened = new SealedLog(head.platform(), chain(pinned, head, last), seals, last, outside);
      log = opened;
      checkSeals(head, opened);
      if (streamsToo) {
        checkStreams();
      }
      return verdict(Optional.empty());
    } catch (BrokenException broken) {
      return verdict(Optional.of(String.valueOf(broken.getMessage())));
    }
  }

  private KeyChain chain(@Nullable NoteKey given, LedgerHead head, @Nullable LogCheckpoint last) {
    String origin = Origin.ofLog(head.platform());
    try {
      List<Note> statements = seals.statements();
      if (statements.isEmpty() && given == null && last == null) {
        // Nothing has been sealed yet: there is nothing for a key to sign.
        return new KeyChain(List.of());
      }
      if (statements.isEmpty()) {
        throw new BrokenException("No key has ever sealed anything here");
      }
      NoteKey pinned =
          given == null ? KeyStatement.parse(statements.getFirst().text()).key() : given;
      if (!pinned.name().equals(origin)) {
        throw new BrokenException(
            "The key is that of %s, and this is the ledger of %s".formatted(pinned.name(), origin));
      }
      return KeyChain.follow(pinned, statements);
    } catch (IllegalArgumentException broken) {
      throw new BrokenException(
          "The keys that seal are not vouched for by the key that is trusted: "
              + broken.getMessage());
    }
  }

  private void checkSeals(LedgerHead head, SealedLog opened) {
    var tiles = new StoredTiles(database);
    var trees = new LedgerTrees(opened, tiles);
    ledger.all(
        0,
        head.position(),
        page -> {
          trees.add(page);
          events = trees.position();
          progress.at(Phase.SEALS, events, head.position());
        });
    if (events != head.position()) {
      throw new BrokenException(
          "The ledger says that it has %d events, and has %d".formatted(head.position(), events));
    }
    tenants = trees.sizes();
    sealed = trees.sealed().values().stream().mapToLong(LedgerTrees.Sealed::size).sum();
    checkCounters();
    opened.end();
    checkTiles(tiles, trees.sealed());
    tiles.check(null, opened.size(), opened.root(), () -> {});
  }

  /** Appends go on meanwhile, so a counter may be ahead, and none is behind. */
  private void checkCounters() {
    Map<UUID, Long> counters = seals.counters();
    tenants.forEach(
        (tenant, size) -> {
          if (counters.getOrDefault(tenant, 0L) < size) {
            throw new BrokenException(
                "Tenant %s has more events than were counted".formatted(tenant));
          }
        });
  }

  private void checkTiles(StoredTiles tiles, Map<UUID, LedgerTrees.Sealed> trees) {
    var read = new AtomicLong();
    long total = trees.values().stream().mapToLong(tree -> tree.size() / Tile.WIDTH + 1).sum();
    trees.forEach(
        (tenant, tree) ->
            tiles.check(
                tenant,
                tree.size(),
                tree.root(),
                () -> progress.at(Phase.TILES, Math.min(total, read.incrementAndGet()), total)));
  }

  /** Tenant by tenant, as many at once as there are cores. */
  private void checkStreams() {
    var done = new AtomicLong();
    var folded = new AtomicLong();
    var erasures = new AtomicLong();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<?>> all = new ArrayList<>();
      tenants.forEach(
          (tenant, size) ->
              all.add(
                  workers.submit(
                      () -> {
                        var law = new StreamLaw(ErasedSubjects.of(database, tenant));
                        ledger.streamsOf(
                            Scope.projector(), tenant, size, page -> check(law, page, done));
                        folded.addAndGet(law.streams());
                        erasures.addAndGet(law.erasedFields());
                      })));
      try {
        for (Future<?> one : all) {
          one.get();
        }
      } catch (ExecutionException failed) {
        workers.shutdownNow();
        throw failed.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(failed.getCause());
      } catch (InterruptedException stopped) {
        workers.shutdownNow();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the verification was interrupted", stopped);
      }
    }
    streams = folded.get();
    erased = erasures.get();
  }

  private void check(StreamLaw law, List<Envelope> page, AtomicLong done) {
    page.forEach(law::next);
    progress.at(Phase.STREAMS, done.addAndGet(page.size()), events);
  }

  private Verdict verdict(Optional<String> fault) {
    SealedLog opened = log;
    return new Verdict(
        events,
        tenants.size(),
        sealed,
        opened == null ? 0 : opened.size(),
        opened == null ? 0 : opened.checkpoints(),
        opened == null ? 0 : opened.outside(),
        streams,
        erased,
        fault);
  }
}
