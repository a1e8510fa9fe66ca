package io.varve.web.export;

import io.varve.query.export.BundleMaking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where bundles are: a folder that all nodes share. A bundle's name has its hash, so that of two
 * nodes that made one, each keeps and deletes its own.
 */
record BundleFolder(Path root) {

  /** A bundle that is there. */
  Path bundle(UUID tenant, UUID export, String sha256) {
    return folder(tenant).resolve(export + "-" + sha256.substring(0, 32) + ".zip");
  }

  /** Where a node makes one, of which nothing is there yet. */
  Path begin(UUID tenant, UUID export, UUID node) throws IOException {
    Files.createDirectories(folder(tenant));
    Path part = folder(tenant).resolve(export + "-" + node + ".part");
    discard(part);
    return part;
  }

  Path finish(Path part, UUID tenant, UUID export, String sha256) throws IOException {
    return Files.move(part, bundle(tenant, export, sha256), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes what was begun, and what stands beside it. */
  static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
      for (Path beside : BundleMaking.beside(part)) {
        Files.deleteIfExists(beside);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Deletes all that there is of an export, what a node that died has begun among it. */
  void clear(UUID tenant, UUID export) {
    if (!Files.isDirectory(folder(tenant))) {
      return;
    }
    try (Stream<Path> files = Files.list(folder(tenant))) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().startsWith(export + "-")).toList();
      for (Path file : found) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Path folder(UUID tenant) {
    return root.resolve(tenant.toString());
  }
}
