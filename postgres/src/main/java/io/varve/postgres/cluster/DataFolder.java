package io.varve.postgres.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one folder that an installation keeps: {@code postgres/} (the server's files), {@code
 * secrets/} (mode 0600 each) and {@code log/}. It is locked for as long as this object is open, and
 * the kernel lets go of the lock when the process dies, however it dies.
 */
public final class DataFolder implements AutoCloseable {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path root;
  private final FileChannel channel;

  private DataFolder(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Creates the folder where there is none, and locks it.
   *
   * @throws ClusterException when another process has it, or it cannot be written
   */
  public static DataFolder open(Path path) {
    Path root = path.toAbsolutePath().normalize();
    FileChannel channel = null;
    try {
      Files.createDirectories(secrets(root), OWNER_ONLY);
      Files.createDirectories(root.resolve("log"), OWNER_ONLY);
      channel = FileChannel.open(root.resolve("varve.lock"), CREATE, READ, WRITE);
      if (!lock(channel)) {
        String holder = read(channel);
        channel.close();
        throw new ClusterException(
            "The data folder %s is in use by another Varve%s."
                .formatted(root, holder.isEmpty() ? "" : " (process " + holder + ")"));
      }
      channel.truncate(0);
      channel.write(UTF_8.encode(Long.toString(ProcessHandle.current().pid())), 0);
      return new DataFolder(root, channel);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new ClusterException(
          "The data folder %s cannot be used: %s.".formatted(root, reason(e)), e);
    }
  }

  public Path root() {
    return root;
  }

  public Path log() {
    return root.resolve("log");
  }

  Path postgres() {
    return postgres(root);
  }

  /** Where the folder at that path keeps the server's files. */
  public static Path postgres(Path root) {
    return root.resolve("postgres");
  }

  /** Where a restore works until it is done: what is here is no server's yet. */
  public static Path restoring(Path root) {
    return root.resolve("postgres.restoring");
  }

  /** Where {@link #secret} keeps the secret of that name. */
  public Path secretFile(String name) {
    return secrets(root).resolve(name);
  }

  /** Where the folder at that path keeps its secrets, whoever has it open. */
  public static Path secrets(Path root) {
    return root.resolve("secrets");
  }

  /**
   * The secret of that name: 256 random bits in base64url, made on first use and kept in a file
   * that only its owner may read.
   */
  public String secret(String name) {
    Path file = secretFile(name);
    try {
      if (!Files.exists(file)) {
        byte[] bits = new byte[32];
        new SecureRandom().nextBytes(bits);
        create(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ClusterException("The secret %s cannot be read: %s.".formatted(file, reason(e)), e);
    }
  }

  /**
   * Writes a file of the folder that only its owner may read: whole or not at all, in the place of
   * an older one.
   */
  public void writePrivately(String name, String text) {
    Path file = root.resolve(name);
    try {
      create(file, text);
    } catch (IOException e) {
      throw new ClusterException(
          "The file %s cannot be written: %s.".formatted(file, reason(e)), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whole or not at all, and forced to disk: losing it would lock its owner out of the database.
   */
  private static void create(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try (FileChannel out = FileChannel.open(draft, Set.of(CREATE_NEW, WRITE), OWNER_ONLY_FILE)) {
      out.write(UTF_8.encode(text));
      out.force(true);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("someone else is writing it", e);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(20);
    channel.read(buffer, 0);
    return UTF_8.decode(buffer.flip()).toString();
  }

  private static void closeQuietly(@Nullable FileChannel channel, IOException cause) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "a file is in its place";
      case java.nio.file.NotDirectoryException _ -> "it is not a folder";
      default -> String.valueOf(e.getMessage());
    };
  }
}
