package io.varve.query.export;

import static java.util.Objects.requireNonNull;

import io.varve.events.Json;
import io.varve.events.export.Export;
import io.varve.events.export.ExportScope;
import io.varve.events.hold.Hold;
import io.varve.events.hold.HoldId;
import io.varve.evidence.bundle.BundleFile;
import io.varve.evidence.bundle.BundleWriter;
import io.varve.evidence.bundle.BundleWriter.Finished;
import io.varve.evidence.bundle.Gaps;
import io.varve.evidence.bundle.LogProof;
import io.varve.evidence.bundle.Manifest;
import io.varve.evidence.bundle.Manifest.PersonalTexts;
import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.merkle.Nodes;
import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteSigner;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.LedgerScan;
import io.varve.postgres.vault.Vault;
import io.varve.query.seal.SealKey;
import io.varve.query.seal.SealedLog;
import io.varve.query.seal.SealedTree;
import io.varve.query.seal.Seals;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes bundles. Everything is read as the export's own tenant, under row-level security, and page
 * by page.
 */
public final class BundleMaking {

  private static final int LOOK = 2_000;

  private final Database database;
  private final Vault vault;
  private final Seals seals;
  private final InstantSource clock;
  private final LedgerScan ledger;

  /** Signs as a version of the installation's key does, under a name. */
  @FunctionalInterface
  public interface Signers {
    NoteSigner signer(int version, String name);
  }

  /** Is told how far the making of a bundle has got, and may end it by throwing. */
  @FunctionalInterface
  public interface Watch {
    void at(long done, long of);
  }

  public BundleMaking(Database database, Vault vault, Seals seals, InstantSource clock) {
    this.database = database;
    this.vault = vault;
    this.seals = seals;
    this.clock = clock;
    this.ledger = new LedgerScan(database);
  }

  /** The files that stand beside a bundle while it is made. */
  public static List<Path> beside(Path bundle) {
    return List.of(BundleWriter.rowsBeside(bundle), OpenedTexts.beside(bundle));
  }

  /** Whether any of a tenant's events is what an export asks for. */
  public boolean finds(UUID tenant, ExportScope scope) {
    Predicate<Envelope> choice = choice(tenant, scope);
    List<Envelope> page;
    long after = 0;
    do {
      page = ledger.ofTenant(Scope.query(tenant), tenant, after, Long.MAX_VALUE, LOOK);
      if (page.stream().anyMatch(choice)) {
        return true;
      }
      after += page.size();
    } while (page.size() == LOOK);
    return false;
  }

  /** How many events of a tenant are sealed. */
  public long sealed(UUID tenant) {
    return seals.newest(tenant).map(SealedTree::size).orElse(0L);
  }

  /**
   * Makes the bundle of an export from what is sealed by now, of which there is something; or, if
   * it has one, again from the same checkpoint.
   *
   * @param asked when it was asked for
   * @param erased who was erased since it was made; null if nobody was
   * @param file where there is none
   */
  public Finished make(
      UUID tenant,
      Export export,
      Instant asked,
      @Nullable UUID erased,
      Path file,
      Signers signers,
      Watch watch)
      throws IOException {
    Export.Bundle was = export.bundle();
    SealedTree tree =
        (was == null ? seals.newest(tenant) : seals.atSize(tenant, was.upTo())).orElseThrow();
    var withheld = new TreeSet<>(export.withheld());
    if (erased != null) {
      withheld.add(erased);
    }
    SealedLog log = seals.log(tenant).orElseThrow();
    List<SealKey> keys = seals.keys(tenant);
    SealKey key = keys.getLast();
    String origin = Checkpoint.parse(Note.parse(tree.noteBytes()).text()).origin();
    Predicate<Envelope> choice = choice(tenant, export.scope());
    var chosen = new Chosen(export.scope().leavesNothingOut());
    try (var writer = new BundleWriter(file);
        var texts =
            export.personal() == Export.Personal.OPENED
                ? new OpenedTexts(vault, tenant, file)
                : null) {
      new Ahead(ledger, tenant, tree.size())
          .each(
              page -> {
                add(page.stream().filter(choice).toList(), writer, texts, chosen);
                watch.at(page.getLast().number(), tree.size());
              });
      var states = new long[1];
      writer.write(
          BundleFile.STATE,
          out ->
              states[0] = new StatesAsOf(database, tenant, tree.size()).write(chosen.touched, out));
      if (texts != null) {
        writer.write(BundleFile.PERSONAL, texts::copyTo);
      }
      writer.write(BundleFile.GAPS, out -> chosen.gaps(seals.nodes(tenant), tree.size(), out));
      writer.write(BundleFile.CHECKPOINT, tree.note());
      writer.write(
          BundleFile.LOG_PROOF,
          Json.write(LogProof.of(tree.logIndex(), log.size(), seals.inLog(tenant, tree, log))));
      writer.write(BundleFile.LOG_CHECKPOINT, log.note());
      writer.write(
          BundleFile.KEY_STATEMENTS,
          keys.stream().map(SealKey::statement).collect(Collectors.joining("\n")));
      return writer.finish(
          files ->
              new Manifest(
                  Manifest.FORMAT,
                  export.id().value(),
                  tenant,
                  origin,
                  requireNonNull(Json.tree(export.scope())),
                  export.purpose(),
                  export.askedBy(),
                  asked,
                  clock.instant(),
                  tree.size(),
                  chosen.events == tree.size(),
                  chosen.events == 0 ? null : chosen.first,
                  chosen.events == 0 ? null : chosen.last,
                  chosen.events,
                  states[0],
                  new PersonalTexts(
                      writer.sealed(),
                      texts == null ? null : texts.opened(),
                      texts == null ? null : texts.erased(),
                      List.copyOf(withheld)),
                  files),
          signers.signer(key.version(), origin));
    }
  }

  private static void add(
      List<Envelope> page, BundleWriter writer, @Nullable OpenedTexts texts, Chosen chosen) {
    try {
      writer.events(page);
      chosen.add(page);
      if (texts != null) {
        texts.add(page);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Predicate<Envelope> choice(UUID tenant, ExportScope scope) {
    HoldId hold = scope.hold();
    return Choice.of(
        scope,
        hold == null
            ? null
            : new LedgerReader(database)
                .state(Scope.query(tenant), Hold.STREAM, tenant, hold.value())
                .orElseThrow());
  }

  /** What was chosen so far. */
  private static final class Chosen {

    private final boolean all;
    private final Touched touched = new Touched();
    private final BitSet numbers = new BitSet();
    private long events;
    private long first;
    private long last;

    Chosen(boolean all) {
      this.all = all;
    }

    void add(List<Envelope> page) {
      for (Envelope event : page) {
        touched.add(event);
        if (!all) {
          numbers.set(Math.toIntExact(event.number()));
        }
      }
      if (!page.isEmpty()) {
        first = events == 0 ? page.getFirst().number() : first;
        last = page.getLast().number();
        events += page.size();
      }
    }

    void gaps(Nodes nodes, long size, OutputStream out) throws IOException {
      if (all) {
        return;
      }
      var gaps = new Gaps(nodes, out);
      for (int number = numbers.nextSetBit(0);
          number >= 0;
          number = numbers.nextSetBit(number + 1)) {
        gaps.has(number);
      }
      gaps.end(size);
    }
  }
}
