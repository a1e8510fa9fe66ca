package io.varve.postgres.backup;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a base backup is, and every file that it consists of. Who has all of them as they are here
 * has it whole.
 *
 * @param varve the version that made it
 * @param postgres the server's version, as in {@code 18.1}
 * @param system which server it is of: a number that PostgreSQL gives to each it creates
 * @param began before the first file was read
 * @param ended from then on it can be restored to any moment
 * @param startSegment the first WAL segment that is needed, {@code stopSegment} the last without
 *     which nothing can be restored
 * @param ledgerPosition the ledger's last position when it ended, and {@code ledgerAt} that event's
 *     time, if there was one
 */
public record Manifest(
    int format,
    @Nullable String varve,
    String postgres,
    String system,
    Instant began,
    Instant ended,
    String startLsn,
    String stopLsn,
    String startSegment,
    String stopSegment,
    long ledgerPosition,
    @Nullable Instant ledgerAt,
    List<String> folders,
    List<Item> files) {

  static final int FORMAT = 1;
  static final String FILE = "manifest.json";

  /**
   * A file.
   *
   * @param path from the folder of files, with slashes
   * @param sha256 in hexadecimal digits
   */
  public record Item(String path, long size, String sha256) {}

  public long size() {
    return files.stream().mapToLong(Item::size).sum();
  }

  int majorVersion() {
    return Integer.parseInt(postgres.split("\\D", 2)[0]);
  }
}
