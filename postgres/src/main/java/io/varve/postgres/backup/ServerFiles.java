package io.varve.postgres.backup;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The part of a running server's files that a base backup consists of, as PostgreSQL's
 * documentation has it (<i>Making a Base Backup Using the Low Level API</i>). Files come and go
 * while they are listed.
 *
 * @param folders relative, parents first
 * @param files relative, {@code global/pg_control} last
 * @param size of all, about
 */
record ServerFiles(List<Path> folders, List<Path> files, long size) {

  private static final Path CONTROL = Path.of("global", "pg_control");

  /** The server fills them by itself. */
  private static final Set<String> EMPTY =
      Set.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  /** Of the process that runs, not of its data. */
  private static final Pattern PASSING =
      Pattern.compile(
          "postmaster\\.(pid|opts)|pg_internal\\.init.*|pgsql_tmp.*|backup_label.*|tablespace_map.*"
              + "|(recovery|standby)\\.signal|.*\\.tmp");

  static ServerFiles in(Path data) throws IOException {
    var folders = new ArrayList<Path>();
    var files = new ArrayList<Path>();
    var size = new long[1];
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path relative = data.relativize(folder);
            String name = String.valueOf(folder.getFileName());
            if (PASSING.matcher(name).matches()) {
              return SKIP_SUBTREE;
            }
            if (!folder.equals(data)) {
              folders.add(relative);
            }
            return relative.getNameCount() == 1 && EMPTY.contains(name) ? SKIP_SUBTREE : CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (data.relativize(file).startsWith("pg_tblspc")) {
              throw new BackupException(
                  "The server has a tablespace outside of its folder, which is not backed up: %s."
                      .formatted(file));
            }
            if (!PASSING.matcher(String.valueOf(file.getFileName())).matches()) {
              files.add(data.relativize(file));
              size[0] += attributes.size();
            }
            return CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return CONTINUE;
            }
            throw failure;
          }
        });
    if (files.remove(CONTROL)) {
      files.add(CONTROL);
    }
    return new ServerFiles(folders, files, size[0]);
  }
}
