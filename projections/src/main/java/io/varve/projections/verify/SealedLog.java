package io.varve.projections.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.evidence.checkpoint.Origin;
import io.varve.evidence.key.KeyChain;
import io.varve.evidence.merkle.CompactRange;
import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Merkle;
import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteKey;
import io.varve.projections.verify.OutsideCheckpoints.Kept;
import io.varve.projections.verify.SealRows.Entry;
import io.varve.projections.verify.SealRows.LogCheckpoint;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The log over the tenants' checkpoints, grown again leaf by leaf, beside the checkpoints that were
 * made of it and those that are kept outside. Because all of them are of one growing tree, every
 * two are consistent.
 */
final class SealedLog {

  private final UUID platform;
  private final KeyChain keys;
  private final SealRows rows;
  private final long last;
  private final CompactRange tree = new CompactRange();
  private final Paged<Entry> entries;
  private final Paged<LogCheckpoint> checkpoints;
  private final Paged<Kept> outside;
  private long checkpointCount;
  private long outsideCount;

  /** How many entries the log had when it was last the same outside. */
  private long agreedSize;

  /**
   * @param upTo the last checkpoint that is looked at: what is sealed later is left for later
   */
  SealedLog(
      UUID platform,
      KeyChain keys,
      SealRows rows,
      @Nullable LogCheckpoint upTo,
      OutsideCheckpoints outside) {
    this.platform = platform;
    this.keys = keys;
    this.rows = rows;
    this.last = upTo == null ? 0 : upTo.number();
    long size = upTo == null ? 0 : upTo.size();
    this.entries = new Paged<>(entry -> signedEntries(rows.entries(entry, size)));
    this.checkpoints = new Paged<>(made -> signedCheckpoints(rows.logCheckpoints(made, last)));
    this.outside = outside.read();
    compareCheckpoints();
  }

  /** The checkpoint of a tenant that comes next; null when there is none any more. */
  @Nullable Entry pending() {
    return entries.peek();
  }

  /** Goes on to the next: the pending one is what its tenant's events make of it. */
  void accept() {
    Entry entry = Objects.requireNonNull(entries.next());
    if (entry.index() != tree.size()) {
      throw new BrokenException("Checkpoint %d of the log is missing".formatted(tree.size()));
    }
    tree.append(Merkle.leaf(entry.note().getBytes(UTF_8)));
    compareCheckpoints();
  }

  /** After the last event: nothing may be left that speaks of more. */
  void end() {
    Entry entry = entries.peek();
    if (entry != null) {
      throw new BrokenException(
          "Tenant %s was sealed with %d events, and has fewer"
              .formatted(entry.tenant(), entry.size()));
    }
    LogCheckpoint checkpoint = checkpoints.peek();
    if (checkpoint != null) {
      throw new BrokenException(
          "The log was sealed with %d entries (its checkpoint %d), and has only %d"
              .formatted(checkpoint.size(), checkpoint.number(), tree.size()));
    }
    Kept kept = outside.peek();
    if (kept != null && kept.number() > lastNow()) {
      throw new BrokenException(
          ("The ledger ends with checkpoint %d of the log, but %d is kept outside (%s):"
                  + " an older state was put in the place of a newer one")
              .formatted(checkpointCount, kept.number(), kept.file()));
    }
  }

  /** What has been sealed meanwhile may be outside, too. */
  private long lastNow() {
    return rows.lastLogCheckpoint().map(LogCheckpoint::number).orElse(0L);
  }

  Hash root() {
    return tree.root();
  }

  long size() {
    return tree.size();
  }

  long checkpoints() {
    return checkpointCount;
  }

  long outside() {
    return outsideCount;
  }

  private void compareCheckpoints() {
    for (LogCheckpoint next = checkpoints.peek();
        next != null && next.size() <= tree.size();
        next = checkpoints.peek()) {
      if (next.number() != checkpointCount + 1) {
        throw new BrokenException(
            "Checkpoint %d of the log is missing".formatted(checkpointCount + 1));
      }
      compareOutside(next);
      if (next.size() < tree.size() || !next.root().equals(tree.root())) {
        throw new BrokenException(
            ("Checkpoint %d of the log says that its first %d entries have the root %s, and they"
                    + " have not")
                .formatted(next.number(), next.size(), next.root().base64()));
      }
      checkpoints.next();
      checkpointCount++;
    }
  }

  private void compareOutside(LogCheckpoint stored) {
    Kept kept = outside.peek();
    if (kept != null && kept.number() <= stored.number()) {
      outside.next();
      outsideCount++;
      if (kept.number() < stored.number() || !kept.note().equals(stored.note())) {
        throw new BrokenException(
            ("Checkpoint %d of the log is not the one that is kept outside (%s): what was sealed"
                    + " after %d entries of the log was written anew")
                .formatted(kept.number(), kept.file(), agreedSize));
      }
      agreedSize = stored.size();
    }
  }

  private List<Entry> signedEntries(List<Entry> page) {
    firstOf(
        page.size(),
        i -> {
          Entry entry = page.get(i);
          String origin = Origin.ofTenant(platform, entry.tenant());
          return isSigned(
              entry.note(), keys.ofNote(entry.index()), origin, entry.size(), entry.root());
        },
        i ->
            new BrokenException(
                ("The checkpoint of tenant %s with %d events is not signed by a key that is trusted,"
                        + " or says something else")
                    .formatted(page.get(i).tenant(), page.get(i).size())));
    return page;
  }

  private List<LogCheckpoint> signedCheckpoints(List<LogCheckpoint> page) {
    firstOf(
        page.size(),
        i -> {
          LogCheckpoint made = page.get(i);
          NoteKey key = keys.ofCheckpoint(made.number());
          return isSigned(made.note(), key, key.name(), made.size(), made.root());
        },
        i ->
            new BrokenException(
                ("Checkpoint %d of the log is not signed by a key that is trusted, or says something"
                        + " else")
                    .formatted(page.get(i).number())));
    return page;
  }

  @FunctionalInterface
  private interface Check {
    boolean holds(int index);
  }

  @FunctionalInterface
  private interface Failure {
    BrokenException of(int index);
  }

  /** Signatures cost the most of all, so all cores check them. */
  private static void firstOf(int size, Check check, Failure failure) {
    IntStream.range(0, size)
        .parallel()
        .filter(i -> !check.holds(i))
        .min()
        .ifPresent(
            i -> {
              throw failure.of(i);
            });
  }

  private static boolean isSigned(String text, NoteKey key, String origin, long size, Hash root) {
    try {
      Note note = Note.parse(text.getBytes(UTF_8));
      Checkpoint said = Checkpoint.parse(note.text());
      return said.origin().equals(origin)
          && said.size() == size
          && said.root().equals(root)
          && note.isSignedBy(key.named(origin));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
