package io.varve.postgres.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The server's programs, unpacked once per user under a cache folder and named by the hash of their
 * archive, so that a new version lies beside the old one and two processes may unpack at once.
 */
final class Binaries {

  private final Path home;

  private Binaries(Path home) {
    this.home = home;
  }

  static Binaries unpacked() {
    String archive = archive();
    Path cache = cache();
    try {
      Path home = cache.resolve("postgres-" + hash(archive));
      if (!Files.isDirectory(home)) {
        Files.createDirectories(
            cache,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = Files.createTempDirectory(cache, "unpacking-");
        unpack(archive, draft);
        moveIntoPlace(draft, home);
      }
      return new Binaries(home);
    } catch (IOException e) {
      throw new ClusterException(
          "PostgreSQL cannot be unpacked into %s: %s.".formatted(cache, e.getMessage()), e);
    }
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  private static String archive() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String system = os.contains("mac") ? "darwin" : "linux";
    boolean arm = System.getProperty("os.arch", "").equals("aarch64");
    return "/postgres-%s-%s.txz".formatted(system, arm ? "arm_64" : "x86_64");
  }

  /** {@code -Dvarve.cache}, else {@code XDG_CACHE_HOME}, else {@code ~/.cache}. */
  private static Path cache() {
    String chosen = System.getProperty("varve.cache");
    if (chosen != null) {
      return Path.of(chosen).toAbsolutePath();
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isEmpty()
            ? Path.of(System.getProperty("user.home", "."), ".cache")
            : Path.of(xdg);
    return base.resolve("varve").toAbsolutePath();
  }

  private static InputStream open(String archive) throws IOException {
    InputStream in = Binaries.class.getResourceAsStream(archive);
    if (in == null) {
      throw new IOException("there is no build of it for this machine (" + archive + ")");
    }
    return in;
  }

  private static String hash(String archive) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void unpack(String archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(archive))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("its archive reaches outside of it");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.resolveSibling("."));
          write(tar, entry, path);
        }
      }
    }
  }

  private static void write(InputStream tar, TarArchiveEntry entry, Path path) throws IOException {
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
    if ((entry.getMode() & 0100) != 0) {
      Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rwxr-xr-x");
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  private static void moveIntoPlace(Path draft, Path home) throws IOException {
    try {
      Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      // Another process was quicker, with the same bytes.
      Folders.delete(draft);
    }
  }
}
