package io.varve.postgres.backup;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.LongConsumer;

/** Files that are on disk when they are said to be, readable by their owner alone. */
final class DurableFiles {

  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final int BUFFER = 1 << 16;

  /** What was read. */
  record Content(long size, String sha256) {}

  private DurableFiles() {}

  /** Copies a file that may be written to meanwhile: what is read once is what there is. */
  static Content copy(Path from, Path to, LongConsumer copied) throws IOException {
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long size = 0;
    try (FileChannel in = FileChannel.open(from, READ);
        FileChannel out = FileChannel.open(to, Set.of(CREATE_NEW, WRITE), OWNER_ONLY)) {
      while (in.read(buffer.clear()) >= 0) {
        digest.update(buffer.flip().duplicate());
        size += buffer.remaining();
        copied.accept(buffer.remaining());
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
      out.force(true);
    }
    return new Content(size, HexFormat.of().formatHex(digest.digest()));
  }

  static Content write(Path to, byte[] bytes) throws IOException {
    try (FileChannel out = FileChannel.open(to, Set.of(CREATE_NEW, WRITE), OWNER_ONLY)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    return new Content(bytes.length, HexFormat.of().formatHex(sha256().digest(bytes)));
  }

  /** Puts a file in its place, whole or not at all. */
  static void replace(Path file, byte[] bytes) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    write(draft, bytes);
    move(draft, file);
  }

  /** Gives a file or folder its name, for good. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    force(to.resolveSibling("."));
  }

  /** The names in a folder are on disk only when the folder is. */
  static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
