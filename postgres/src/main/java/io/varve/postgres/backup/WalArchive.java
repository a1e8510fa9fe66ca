package io.varve.postgres.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The segments that the server has handed over, each a file that is compressed and never changes.
 */
final class WalArchive {

  private static final String SUFFIX = ".gz";

  private final Path folder;

  WalArchive(Path folder) {
    this.folder = folder;
  }

  boolean has(String name) {
    return Files.exists(file(name));
  }

  Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }

  Instant archived(Segment segment) throws IOException {
    return Files.getLastModifiedTime(file(segment.name())).toInstant();
  }

  /** The shell command by which a server fetches what is here. */
  String fetch() {
    String file = ShellWord.of(folder) + "/%f" + SUFFIX;
    return "test -f %s && gzip -dc %s > \"%%p\"".formatted(file, file);
  }

  /** The segments there are from a base backup on, in the order of their replay. */
  Row following(Manifest base) throws IOException {
    Segment first = Segment.parse(base.startSegment()).orElseThrow();
    Timelines timelines = Timelines.newest(this, first.timeline());
    var row = new ArrayList<Segment>();
    Segment next = timelines.at(first.number());
    while (has(next.name())) {
      row.add(next);
      next = timelines.at(next.number() + 1);
    }
    Segment missing = next;
    boolean gap =
        all().stream()
            .anyMatch(
                found ->
                    found.number() > missing.number()
                        && found.equals(timelines.at(found.number())));
    return new Row(
        timelines.target(), row, gap ? Optional.of(missing.name()) : Optional.empty(), missing);
  }

  /**
   * Segments without a gap.
   *
   * @param timeline that the row ends on
   * @param gap the first that is missing, where there are more behind it
   * @param next the one that would follow
   */
  record Row(int timeline, List<Segment> segments, Optional<String> gap, Segment next) {}

  /**
   * Reads a segment to its end.
   *
   * @throws BackupException naming the file, if it is damaged
   */
  void verify(Segment segment) {
    Path file = file(segment.name());
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
      if (in.transferTo(OutputStream.nullOutputStream()) != Segment.SIZE) {
        throw new IOException("it is not as long as a segment");
      }
    } catch (IOException e) {
      throw new BackupException(
          "The WAL segment %s is damaged: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /** Deletes the segments before one, on all timelines. What tells timelines apart is kept. */
  void prune(long before) throws IOException {
    for (Path file : files()) {
      if (segment(file).filter(segment -> segment.number() < before).isPresent()) {
        Files.delete(file);
      }
    }
  }

  /** Keeps a file that the server has not handed over by itself. */
  void keep(String name, byte[] content) throws IOException {
    if (!has(name)) {
      var compressed = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(compressed)) {
        out.write(content);
      }
      DurableFiles.replace(file(name), compressed.toByteArray());
    }
  }

  String read(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file(name)))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private List<Segment> all() throws IOException {
    return files().stream().flatMap(file -> segment(file).stream()).toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
    }
  }

  private static Optional<Segment> segment(Path file) {
    return Segment.parse(String.valueOf(file.getFileName()).replace(SUFFIX, ""));
  }
}
