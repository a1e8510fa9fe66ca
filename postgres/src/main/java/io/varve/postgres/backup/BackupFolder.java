package io.varve.postgres.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Comparator.comparing;

import io.varve.events.Json;
import io.varve.postgres.cluster.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Where the backups of one installation are: {@code base/TIME/} (a manifest and the files), {@code
 * wal/} (what was written since the oldest), and, only where it was asked for, {@code keys/TIME/}.
 * What has a name that ends in {@code .part} is not whole.
 *
 * @param root an absolute path
 */
public record BackupFolder(Path root) {

  static final String FILES = "files";
  private static final String PART = ".part";
  private static final String SYSTEM = "system-identifier";

  public BackupFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** A base backup that is whole. */
  public record Base(Path folder, Manifest manifest) {

    Path files() {
      return folder.resolve(FILES);
    }
  }

  /** All that are whole, the oldest first. */
  public List<Base> bases() {
    return folders(base()).stream()
        .map(folder -> new Base(folder, manifest(folder)))
        .sorted(comparing(base -> base.manifest().ended()))
        .toList();
  }

  /**
   * The newest base backup from which a moment can be reached.
   *
   * @param until that moment; null for the last there is
   * @throws BackupException if there is none
   */
  public Base newest(@Nullable Instant until) {
    List<Base> bases = bases();
    if (bases.isEmpty()) {
      throw new BackupException("There is no backup of a Varve in the folder %s.".formatted(root));
    }
    return bases.reversed().stream()
        .filter(base -> until == null || !base.manifest().ended().isAfter(until))
        .findFirst()
        .orElseThrow(
            () ->
                new BackupException(
                    "The first backup in %s is of %s: nothing before that can be restored."
                        .formatted(root, bases.getFirst().manifest().ended())));
  }

  /** The newest copy of the keys, where backups were made with them. */
  public Optional<Path> newestKeys() {
    return folders(keys()).stream().max(comparing(Path::toString));
  }

  Path base() {
    return root.resolve("base");
  }

  Path wal() {
    return root.resolve("wal");
  }

  Path keys() {
    return root.resolve("keys");
  }

  WalArchive archive() {
    return new WalArchive(wal());
  }

  /** Where a thing is made that gets that name by {@link #finish} once it is whole. */
  static Path draft(Path name) {
    return name.resolveSibling(name.getFileName() + PART);
  }

  static void finish(Path name) throws IOException {
    DurableFiles.force(draft(name));
    DurableFiles.move(draft(name), name);
  }

  /** Deletes a folder that must at no time look whole when it is not. */
  static void remove(Path folder) throws IOException {
    Path draft = draft(folder);
    Folders.delete(draft);
    if (Files.exists(folder)) {
      DurableFiles.move(folder, draft);
      Folders.delete(draft);
    }
  }

  /**
   * Makes the folder ready to be written to, by this process alone until what is returned is
   * closed.
   *
   * @param data the installation's folder
   * @param system the server that is backed up
   */
  FileChannel open(Path data, String system) {
    if (root.startsWith(data.toAbsolutePath().normalize())) {
      throw new BackupException(
          "The folder %s lies in the data folder: who loses one would lose both.".formatted(root));
    }
    try {
      for (Path folder : List.of(root, base(), wal())) {
        Files.createDirectories(folder, DurableFiles.OWNER_ONLY_FOLDER);
      }
      FileChannel channel = FileChannel.open(root.resolve("backup.lock"), CREATE, WRITE);
      try {
        if (!isLocked(channel)) {
          throw new BackupException("Another backup into %s is under way.".formatted(root));
        }
        requireOf(system);
        clearAway();
        return channel;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      String reason =
          e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
      throw new BackupException("The folder %s cannot be written: %s.".formatted(root, reason), e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void requireOf(String system) throws IOException {
    Path file = root.resolve(SYSTEM);
    if (!Files.exists(file)) {
      DurableFiles.replace(file, (system + "\n").getBytes(UTF_8));
    } else if (!Files.readString(file).strip().equals(system)) {
      throw new BackupException(
          "The folder %s has the backups of another installation.".formatted(root));
    }
  }

  /** What a backup that was killed has left. */
  private void clearAway() throws IOException {
    for (Path folder : List.of(base(), keys())) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> entries = Files.list(folder)) {
          for (Path entry : entries.filter(path -> path.toString().endsWith(PART)).toList()) {
            Folders.delete(entry);
          }
        }
      }
    }
  }

  private static List<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> String.valueOf(entry.getFileName()).matches("\\d{8}T\\d{6}Z"))
          .toList();
    } catch (IOException e) {
      throw new BackupException("The folder %s cannot be read.".formatted(parent), e);
    }
  }

  private static Manifest manifest(Path folder) {
    Path file = folder.resolve(Manifest.FILE);
    try {
      Manifest manifest = Json.read(Files.readString(file), Manifest.class);
      if (manifest.format() != Manifest.FORMAT) {
        throw new BackupException(
            "The backup %s has a format that this version does not know.".formatted(folder));
      }
      return manifest;
    } catch (IOException e) {
      throw new BackupException("The file %s is missing or cannot be read.".formatted(file), e);
    } catch (JacksonException e) {
      throw new BackupException("The file %s is damaged.".formatted(file), e);
    }
  }
}
