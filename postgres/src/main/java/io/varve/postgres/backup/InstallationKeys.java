package io.varve.postgres.backup;

import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.cluster.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files in a data folder's {@code secrets/} without which its database cannot be read or its
 * tokens verified. Not the passwords of its own server, which a restored one gets anew, nor its
 * name among nodes.
 */
record InstallationKeys(Path data) {

  private static final Pattern OF_THIS_SERVER = Pattern.compile("postgres-.*|node|.*\\.(new|part)");

  /** Copies them into a folder that is whole when it is there. */
  void copyTo(Path folder) throws IOException {
    Path draft = BackupFolder.draft(folder);
    Folders.delete(draft);
    copy(DataFolder.secrets(data), draft);
    BackupFolder.finish(folder);
  }

  /** Copies keys that were kept into a data folder. */
  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to, DurableFiles.OWNER_ONLY_FOLDER);
    for (Path file : list(from)) {
      Path copied = to.resolve(from.relativize(file));
      Files.createDirectories(copied.resolveSibling("."), DurableFiles.OWNER_ONLY_FOLDER);
      DurableFiles.copy(file, copied, bytes -> {});
      Files.setLastModifiedTime(copied, Files.getLastModifiedTime(file));
      DurableFiles.force(copied.resolveSibling("."));
    }
  }

  static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !OF_THIS_SERVER.matcher(String.valueOf(file.getFileName())).matches())
          .toList();
    }
  }
}
