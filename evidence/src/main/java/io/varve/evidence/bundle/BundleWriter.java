package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.Json;
import io.varve.evidence.bundle.Manifest.ListedFile;
import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteSigner;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a bundle, a ZIP64 archive whose entries are stored as they are: first the events, page by
 * page, then the other files in their order. Memory stays flat, whatever the bundle's size. The
 * rows for spreadsheets are made by a thread of their own meanwhile, in a file beside the bundle.
 * Not thread-safe.
 */
public final class BundleWriter implements Closeable {

  private static final int BUFFER = 1 << 18;
  private static final long FLUSH = 1 << 26;

  /** Always the same, so that the same evidence makes the same archive. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Path rows;
  private final FileChannel channel;
  private final ZipArchiveOutputStream archive;
  private final OutputStream rowsOut;
  private final Entry csv;
  private final ExecutorService aside =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("export-csv").daemon().factory());
  private final ExecutorService flusher = Executors.newVirtualThreadPerTaskExecutor();
  private final Text lines = new Text();
  private final Text csvText = new Text();
  private final List<ListedFile> listed = new ArrayList<>();
  private Future<?> csvDone;
  private @Nullable Entry events;
  private BundleFile last = BundleFile.EVENTS;
  private long sealed;
  private long flushed;
  private Future<?> flushing = CompletableFuture.completedFuture(null);

  /** Writes what a file holds. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A bundle that is finished.
   *
   * @param sha256 of the manifest, which stands for the whole
   */
  public record Finished(Manifest manifest, long size, String sha256) {}

  /**
   * Begins a bundle.
   *
   * @param file where there is none yet
   */
  public BundleWriter(Path file) throws IOException {
    this.rows = rowsBeside(file);
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.archive = new ZipArchiveOutputStream(channel);
    archive.setMethod(ZipArchiveOutputStream.STORED);
    archive.setUseZip64(Zip64Mode.AlwaysWithCompatibility);
    this.rowsOut = Files.newOutputStream(rows, StandardOpenOption.CREATE_NEW);
    this.csv = new Entry(rowsOut);
    CsvRow.header(csvText);
    this.events = begin(BundleFile.EVENTS);
    this.csvDone = aside.submit(() -> {});
  }

  /** The file that stands beside a bundle while it is written. */
  public static Path rowsBeside(Path bundle) {
    return bundle.resolveSibling(bundle.getFileName() + ".rows");
  }

  /**
   * Adds events, which follow those before.
   *
   * @throws IllegalStateException once another file has begun
   */
  public void events(List<Envelope> page) throws IOException {
    Entry to = events;
    if (to == null) {
      throw new IllegalStateException("the events are written");
    }
    await(csvDone);
    csvDone = aside.submit(() -> rows(page));
    for (Envelope event : page) {
      EventLine.write(event, lines);
      sealed += SealedTexts.count(event.payload().utf8());
      sealed += SealedTexts.count(event.provenance().utf8());
      if (lines.length() > BUFFER) {
        lines.writeTo(to);
      }
    }
    lines.writeTo(to);
    flush(to.size());
  }

  /** So that little is left to wait for at the end. */
  private void flush(long written) {
    if (written - flushed > FLUSH && flushing.isDone()) {
      flushed = written;
      flushing =
          flusher.submit(
              () -> {
                channel.force(false);
                return null;
              });
    }
  }

  /** How many sealed personal texts stand in the events so far. */
  public long sealed() {
    return sealed;
  }

  /**
   * Writes the next file.
   *
   * @throws IllegalStateException if that file does not come after the one before
   */
  public void write(BundleFile next, Content content) throws IOException {
    endEvents();
    Entry entry = begin(next);
    content.writeTo(entry);
    end(next, entry);
  }

  public void write(BundleFile next, String text) throws IOException {
    write(next, out -> out.write(text.getBytes(UTF_8)));
  }

  /**
   * Writes what every bundle has and what makes it one. It is on the disk when this returns.
   *
   * @param manifest is asked for the manifest over the files
   * @param signer under the tenant's origin
   */
  public Finished finish(Function<List<ListedFile>, Manifest> manifest, NoteSigner signer)
      throws IOException {
    for (BundleFile fixed : BundleFile.values()) {
      if (fixed.compareTo(BundleFile.EVENT_SCHEMA) >= 0 && fixed.isListed()) {
        write(fixed, resource(fixed));
      }
    }
    Manifest made = manifest.apply(List.copyOf(listed));
    byte[] json = (Json.write(made) + "\n").getBytes(UTF_8);
    String sha256 = HexFormat.of().formatHex(Entry.sha256().digest(json));
    write(BundleFile.MANIFEST, out -> out.write(json));
    Note note = Note.sign(Manifest.noteText(made.origin(), made.export(), sha256), signer);
    write(BundleFile.MANIFEST_NOTE, out -> out.write(note.bytes()));
    archive.finish();
    channel.force(true);
    return new Finished(made, channel.size(), sha256);
  }

  /** Leaves the bundle as far as it was written, and no other file. */
  @Override
  public void close() throws IOException {
    aside.shutdownNow();
    flusher.close();
    try (channel;
        rowsOut) {
      Files.deleteIfExists(rows);
    }
  }

  private void rows(List<Envelope> page) {
    try {
      for (Envelope event : page) {
        CsvRow.write(event, csvText);
        if (csvText.length() > BUFFER) {
          csvText.writeTo(csv);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void endEvents() throws IOException {
    Entry ended = events;
    if (ended == null) {
      return;
    }
    events = null;
    await(flushing);
    end(BundleFile.EVENTS, ended);
    await(csvDone);
    csvText.writeTo(csv);
    rowsOut.close();
    begin(BundleFile.EVENTS_CSV);
    try (InputStream in = Files.newInputStream(rows)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        archive.write(buffer, 0, read);
      }
    }
    archive.closeArchiveEntry();
    listed.add(csv.listed(BundleFile.EVENTS_CSV));
    Files.delete(rows);
  }

  private Entry begin(BundleFile next) throws IOException {
    if (next != BundleFile.EVENTS && next.compareTo(last) <= 0) {
      throw new IllegalStateException(next + " comes before " + last);
    }
    last = next;
    var header = new ZipArchiveEntry(next.path());
    header.setTimeLocal(NO_TIME);
    archive.putArchiveEntry(header);
    return new Entry(archive);
  }

  private void end(BundleFile ended, Entry entry) throws IOException {
    archive.closeArchiveEntry();
    if (ended.isListed()) {
      listed.add(entry.listed(ended));
    }
  }

  private static String resource(BundleFile fixed) throws IOException {
    try (InputStream in = BundleWriter.class.getResourceAsStream(fixed.path())) {
      if (in == null) {
        throw new IllegalStateException("there is no " + fixed.path());
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static void await(Future<?> done) throws IOException {
    try {
      done.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UncheckedIOException io) {
        throw io.getCause();
      }
      if (failed.getCause() instanceof IOException io) {
        throw io;
      }
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("the export was interrupted", stopped);
    }
  }
}
