package io.varve.postgres.keyfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code name}, {@code name.2}, {@code name.3}: files of one folder that their owner alone reads.
 */
final class NumberedFiles {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path first;
  private final Path folder;
  private final Pattern later;

  NumberedFiles(Path file) {
    this.first = file.toAbsolutePath();
    this.folder = first.resolveSibling("");
    this.later = Pattern.compile(Pattern.quote(first.getFileName() + ".") + "([1-9][0-9]{0,8})");
  }

  Set<Integer> numbers() {
    var numbers = new TreeSet<Integer>();
    if (Files.exists(first)) {
      numbers.add(1);
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(path -> later.matcher(String.valueOf(path.getFileName())))
          .filter(Matcher::matches)
          .map(name -> Integer.valueOf(name.group(1)))
          .filter(number -> number > 1)
          .forEach(numbers::add);
    } catch (NoSuchFileException none) {
      return numbers;
    } catch (IOException failure) {
      throw failure(folder, "cannot be listed", failure);
    }
    return numbers;
  }

  /**
   * @throws KeyFileException if it cannot be read, or others than its owner may read it
   */
  byte[] read(int number) {
    Path path = path(number);
    try {
      var others = EnumSet.copyOf(Files.getPosixFilePermissions(path));
      others.removeAll(OWNER_ONLY);
      if (!others.isEmpty()) {
        throw failure(path, "must be readable by its owner alone (chmod 600)", null);
      }
      return Files.readAllBytes(path);
    } catch (IOException unreadable) {
      throw failure(path, "cannot be read", unreadable);
    }
  }

  Instant since(int number) {
    try {
      return Files.getLastModifiedTime(path(number)).toInstant();
    } catch (IOException unreadable) {
      throw failure(path(number), "cannot be read", unreadable);
    }
  }

  /**
   * Whole or not at all, on the disk for good, and never over what another process wrote meanwhile.
   *
   * @return whether it was this process that wrote it
   */
  boolean write(int number, byte[] content, Instant since) {
    try {
      Files.createDirectories(folder);
      Path draft =
          Files.createTempFile(
              folder, ".key", "", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      try {
        force(draft, content, since);
        Files.createLink(path(number), draft);
      } finally {
        Files.delete(draft);
      }
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
      return true;
    } catch (FileAlreadyExistsException meanwhile) {
      return false;
    } catch (IOException failure) {
      throw failure(path(number), "cannot be written", failure);
    }
  }

  KeyFileException failure(int number, String what, @Nullable Throwable cause) {
    return failure(path(number), what, cause);
  }

  private static KeyFileException failure(Path path, String what, @Nullable Throwable cause) {
    return new KeyFileException("The key file %s %s.".formatted(path, what), cause);
  }

  private Path path(int number) {
    return number == 1 ? first : first.resolveSibling(first.getFileName() + "." + number);
  }

  private static void force(Path draft, byte[] content, Instant since) throws IOException {
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      Files.setLastModifiedTime(draft, FileTime.from(since));
      channel.force(true);
    }
  }
}
