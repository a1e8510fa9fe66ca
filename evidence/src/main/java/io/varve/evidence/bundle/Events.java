package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.Json;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Provenance;
import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.merkle.CompactRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Every event's form and place, that all of them with what is left out are the tree that the
 * checkpoint was signed for, and that the rows for spreadsheets say the same.
 */
final class Events {

  private final Archive archive;
  private final Manifest manifest;
  private final Checkpoint checkpoint;
  private final CompactRange range = new CompactRange();
  private final Text again = new Text();
  private final Text row = new Text();
  private final Entry rows = new Entry(OutputStream.nullOutputStream());
  private @Nullable Gap gap;
  private long events;
  private long sealed;
  private long begun;
  private long last;

  Events(Archive archive, Manifest manifest, Checkpoint checkpoint) {
    this.archive = archive;
    this.manifest = manifest;
    this.checkpoint = checkpoint;
  }

  /** Of how many streams the first event is there. */
  long begunStreams() {
    return begun;
  }

  /** How many events are left out. */
  long leftOut() {
    return checkpoint.size() - events;
  }

  void check(Progress progress) throws IOException {
    try (Lines lines = Lines.hashed(archive, BundleFile.EVENTS);
        Lines gaps = Lines.hashed(archive, BundleFile.GAPS)) {
      CsvRow.header(row);
      gap = next(gaps);
      while (lines.next()) {
        event(lines, gaps);
        progress.at(lines.number(), manifest.events());
      }
      fill(gaps, checkpoint.size() + 1);
      row.writeTo(rows);
      require(gap == null, "gaps.ndjson tells of events that are there");
      Listed.require(manifest, BundleFile.EVENTS, lines.sha256Hex());
      Listed.require(manifest, BundleFile.GAPS, gaps.sha256Hex());
    }
    require(events == manifest.events(), "manifest.json tells of another number of events");
    require(
        Objects.equals(manifest.last(), events == 0 ? null : last),
        "manifest.json tells another last number");
    require(
        manifest.complete() == (leftOut() == 0),
        "manifest.json says otherwise whether all events are there");
    require(
        manifest.personal().sealed() == sealed,
        "manifest.json tells of another number of personal texts");
    require(
        range.size() == checkpoint.size() && range.root().equals(checkpoint.root()),
        "the events are not those that the checkpoint was signed for: one was changed, added, moved"
            + " or taken away");
    rows();
  }

  private void event(Lines lines, Lines gaps) throws IOException {
    byte[] line = lines.line();
    Envelope event = read(lines.number(), line);
    require(event.tenant().equals(manifest.tenant()), named(event) + " is of another tenant");
    require(event.number() > last, named(event) + " stands after number " + last);
    if (events++ == 0) {
      require(
          Objects.equals(manifest.first(), event.number()),
          "manifest.json tells another first number");
    }
    last = event.number();
    fill(gaps, last);
    require(range.size() == last - 1, named(event) + ": what is before it is missing");
    require(last <= checkpoint.size(), named(event) + " is not sealed by the checkpoint");
    requireSame(event);
    range.append(event.leafHash());
    begun += event.sequence() == 0 ? 1 : 0;
    sealed += SealedTexts.count(event.payload().utf8());
    sealed += SealedTexts.count(event.provenance().utf8());
    CsvRow.write(event, row);
    if (row.length() > 1 << 18) {
      row.writeTo(rows);
    }
  }

  private Envelope read(long number, byte[] line) {
    try {
      return EventLine.read(line, again);
    } catch (IllegalArgumentException malformed) {
      throw new BadBundleException(
          "line %d of events.ndjson: %s"
              .formatted(number, Shown.text(String.valueOf(malformed.getMessage()))),
          malformed);
    }
  }

  /** Those who did it stand twice: where they are searched for, and in the provenance. */
  private static void requireSame(Envelope event) {
    try {
      Provenance provenance = Json.read(event.provenance().text(), Provenance.class);
      require(
          is(provenance.actor(), event.actorKind(), event.actorId())
              && is(provenance.impersonator(), event.impersonatorKind(), event.impersonatorId())
              && Objects.equals(provenance.request(), event.request()),
          named(event) + " was done by another than its provenance tells");
    } catch (JacksonException malformed) {
      throw new BadBundleException(named(event) + " has a provenance that is none", malformed);
    }
  }

  private static boolean is(@Nullable Actor actor, @Nullable String kind, @Nullable UUID id) {
    return actor == null
        ? kind == null && id == null
        : actor.kind().text().equals(kind) && actor.id().equals(id);
  }

  private void fill(Lines gaps, long upTo) throws IOException {
    Gap left = gap;
    if (left == null || left.from() >= upTo) {
      return;
    }
    try {
      require(
          left.to() == upTo - 1,
          "gaps.ndjson leaves out from %d to %d, where it is to %d"
              .formatted(left.from(), left.to(), upTo - 1));
      left.appendTo(range);
    } catch (IllegalArgumentException malformed) {
      throw new BadBundleException(
          "line %d of gaps.ndjson: %s"
              .formatted(gaps.number(), Shown.text(String.valueOf(malformed.getMessage()))),
          malformed);
    }
    gap = next(gaps);
  }

  private static @Nullable Gap next(Lines gaps) throws IOException {
    if (!gaps.next()) {
      return null;
    }
    try {
      return Json.read(new String(gaps.line(), UTF_8), Gap.class);
    } catch (JacksonException malformed) {
      throw new BadBundleException(
          "line %d of gaps.ndjson is not of its form".formatted(gaps.number()), malformed);
    }
  }

  /** The rows are not read: they must be what the events give when they are written again. */
  private void rows() throws IOException {
    String made = rows.sha256Hex();
    if (!Listed.hash(archive, BundleFile.EVENTS_CSV).equals(made)) {
      throw new BadBundleException(
          "events.csv says something else than events.ndjson: " + firstOther());
    }
    Listed.require(manifest, BundleFile.EVENTS_CSV, made);
  }

  private String firstOther() throws IOException {
    try (Lines lines = Lines.of(archive, BundleFile.EVENTS);
        InputStream there = archive.read(BundleFile.EVENTS_CSV)) {
      row.clear();
      CsvRow.header(row);
      String of = "its first line";
      while (Arrays.equals(row.toBytes(), there.readNBytes(row.length()))) {
        if (!lines.next()) {
          return "more than its events";
        }
        Envelope event = EventLine.parse(lines.line());
        of = named(event);
        row.clear();
        CsvRow.write(event, row);
      }
      return of;
    }
  }

  private static String named(Envelope event) {
    return "event " + event.number();
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new BadBundleException(otherwise);
    }
  }
}
