package io.varve.evidence.bundle;

import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.merkle.CompactRange;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A bundle that was found to be good, still open, to be read once more. Whoever could change the
 * file meanwhile is found out: what is read is held against the checkpoint and the manifest again,
 * and only what {@link #events} and {@link #states} return from was read as it was verified.
 */
public final class VerifiedBundle implements Closeable {

  private static final int PAGE = 2_000;

  private final Archive archive;
  private final Verified verified;
  private final Checkpoint checkpoint;

  VerifiedBundle(Archive archive, Verified verified, Checkpoint checkpoint) {
    this.archive = archive;
    this.verified = verified;
    this.checkpoint = checkpoint;
  }

  public Verified verified() {
    return verified;
  }

  /** Of the tenant: what its events come to. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** The tenant's checkpoint with its signature, as it stands in the bundle. */
  public String checkpointNote() throws IOException {
    try (var in = archive.read(BundleFile.CHECKPOINT)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * All events, by their numbers; only of a bundle that leaves nothing out.
   *
   * @param page takes some of them; the next are read when it returns
   * @throws BadBundleException if these are not the events that were verified; those were taken by
   *     then
   */
  public void events(Consumer<List<Envelope>> page) {
    if (verified.leftOut() > 0) {
      throw new IllegalStateException("events are left out");
    }
    var range = new CompactRange();
    try (Lines lines = Lines.of(archive, BundleFile.EVENTS)) {
      var next = new ArrayList<Envelope>(PAGE);
      while (lines.next()) {
        Envelope event = event(lines);
        range.append(event.leafHash());
        next.add(event);
        if (next.size() == PAGE) {
          page.accept(List.copyOf(next));
          next.clear();
        }
      }
      page.accept(List.copyOf(next));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    require(
        range.size() == checkpoint.size() && range.root().equals(checkpoint.root()),
        BundleFile.EVENTS);
  }

  /**
   * What every stream has come to.
   *
   * @throws BadBundleException if these are not the states that were verified; those were taken by
   *     then
   */
  public void states(Consumer<StateLine> each) {
    Lines lines = Lines.hashed(archive, BundleFile.STATE);
    try (States states = new States(lines)) {
      for (StateLine state = states.next(); state != null; state = states.next()) {
        each.accept(state);
      }
      Listed.require(verified.manifest(), BundleFile.STATE, lines.sha256Hex());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }

  private static Envelope event(Lines lines) {
    try {
      return EventLine.parse(lines.line());
    } catch (IllegalArgumentException changed) {
      throw new BadBundleException("events.ndjson was changed after it was verified", changed);
    }
  }

  private static void require(boolean same, BundleFile file) {
    if (!same) {
      throw new BadBundleException(file.path() + " was changed after it was verified");
    }
  }
}
