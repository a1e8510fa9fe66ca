package io.varve.projections.seal.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder in which each note is a file that is made once, and made read-only when it is whole.
 * Nothing in it is ever opened to be overwritten, renamed or deleted, so that it may be on a file
 * system that refuses to.
 */
public final class FolderSink implements Sink {

  private static final Set<PosixFilePermission> READ_ONLY =
      PosixFilePermissions.fromString("r--r--r--");

  private final Path folder;

  public FolderSink(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public String name() {
    return "folder:" + folder;
  }

  @Override
  public void put(Sealed sealed) {
    Path file = folder.resolve(sealed.name());
    byte[] content = sealed.note().getBytes(UTF_8);
    try {
      Path parent = file.resolveSibling("");
      Files.createDirectories(parent);
      try {
        write(file, content, StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException before) {
        complete(file, content);
      }
      for (Path above = parent; above.startsWith(folder); above = above.resolveSibling("")) {
        force(above);
      }
    } catch (IOException failure) {
      throw new SinkException("The file %s cannot be written.".formatted(file), failure);
    }
  }

  @Override
  public Optional<Sealed> newest() {
    try {
      for (Path day : namesDescending(folder.resolve(Sealed.CHECKPOINTS))) {
        for (Path file : namesDescending(day)) {
          if (Sealed.CHECKPOINT.matcher(String.valueOf(file.getFileName())).matches()) {
            return Optional.of(Sealed.found(file.toString(), Files.readString(file)));
          }
        }
      }
      return Optional.empty();
    } catch (IOException failure) {
      throw new SinkException("The folder %s cannot be read.".formatted(folder), failure);
    }
  }

  /** A crash may have left the beginning of a file, which is not read-only yet. */
  private static void complete(Path file, byte[] content) throws IOException {
    byte[] there = Files.readAllBytes(file);
    boolean whole = Files.getPosixFilePermissions(file).equals(READ_ONLY);
    if (Arrays.equals(there, content)) {
      if (!whole) {
        write(file, new byte[0], StandardOpenOption.APPEND);
      }
      return;
    }
    boolean begun =
        there.length < content.length && Arrays.equals(there, Arrays.copyOf(content, there.length));
    if (whole || !begun) {
      throw new SinkException(
          "The file %s is there and says something else.".formatted(file), null);
    }
    write(
        file, Arrays.copyOfRange(content, there.length, content.length), StandardOpenOption.APPEND);
  }

  private static void write(Path file, byte[] content, OpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, how)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
      Files.setPosixFilePermissions(file, READ_ONLY);
      channel.force(true);
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static List<Path> namesDescending(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
