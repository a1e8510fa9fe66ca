package io.varve.postgres.cluster;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PasswordUtil;

/**
 * Makes a server's files of a base backup and archived WAL. It works in {@link
 * DataFolder#restoring}, which becomes the folder's server only when all is done.
 */
public final class Recovery {

  /** What a server has of its own, beside those that its owner has set. */
  private static final Pattern OURS =
      Pattern.compile("\\s*(archive_command|archive_timeout|restore_command|recovery_target).*");

  private static final Pattern REACHED =
      Pattern.compile("last completed transaction was at log time (\\S+ \\S+)");

  private static final DateTimeFormatter LOG_TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .appendOffset("+HH:mm", "+00")
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

  private final DataFolder folder;
  private final Path data;

  /**
   * How far to go, and from where.
   *
   * @param fetch the shell command that puts the archived file {@code %f} at {@code %p}
   * @param timeline to follow, as a number
   * @param until the last moment whose commits are wanted; null for all there is
   */
  public record Target(String fetch, int timeline, @Nullable Instant until) {}

  public Recovery(DataFolder folder) {
    this.folder = folder;
    this.data = DataFolder.restoring(folder.root());
  }

  /**
   * Replays WAL over the base backup and leaves a server that starts like any other, with the
   * folder's own password for its superuser.
   *
   * @param restored told, now and then, how many segments have been fetched
   * @return the time of the last transaction that was replayed; nothing if there was none
   * @throws ClusterException with the server's reason
   */
  public Optional<Instant> run(Target target, LongConsumer restored) {
    Path log = folder.log().resolve("postgres.log");
    Postmaster postmaster = new Postmaster(Binaries.unpacked(), data, log);
    try {
      configure(settings(target));
      Files.createFile(data.resolve("recovery.signal"));
      Map<String, String> options = new TreeMap<>(EmbeddedCluster.LOCAL);
      options.putAll(Map.of("hot_standby", "off", "archive_mode", "off"));
      long logged = postmaster.logged();
      Optional<Instant> reached;
      try {
        postmaster.start(options);
        reached = reached(postmaster.awaitReady(logged, restored));
      } finally {
        postmaster.clearAway();
      }
      configure(List.of());
      String password = folder.secret(EmbeddedCluster.SUPERUSER_SECRET);
      postmaster.resetPassword(EmbeddedCluster.SUPERUSER, verifier(password));
      Files.move(data, folder.postgres(), StandardCopyOption.ATOMIC_MOVE);
      return reached;
    } catch (IOException | SQLException e) {
      throw new ClusterException(
          "The backup cannot be brought to life in %s: %s."
              .formatted(folder.root(), e.getMessage()),
          e);
    }
  }

  private static List<String> settings(Target target) {
    var lines = new ArrayList<String>();
    lines.add(setting("restore_command", target.fetch()));
    lines.add(setting("recovery_target_timeline", Integer.toString(target.timeline())));
    lines.add(setting("recovery_target_action", "promote"));
    Instant until = target.until();
    if (until != null) {
      lines.add(setting("recovery_target_time", TIME.format(until)));
      lines.add(setting("recovery_target_inclusive", "on"));
    }
    return lines;
  }

  private static String setting(String name, String value) {
    return name + " = '" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** Where the backed up server archived to is not where this one does. */
  private void configure(List<String> settings) throws IOException {
    Path file = data.resolve("postgresql.auto.conf");
    var lines = new ArrayList<String>();
    if (Files.exists(file)) {
      Files.readAllLines(file).stream()
          .filter(line -> !OURS.matcher(line).matches())
          .forEach(lines::add);
    }
    lines.addAll(settings);
    Files.write(file, lines);
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
      channel.force(true);
    }
  }

  private static String verifier(String password) throws SQLException {
    return PasswordUtil.encodePassword(
        EmbeddedCluster.SUPERUSER, password.toCharArray(), "scram-sha-256");
  }

  private static Optional<Instant> reached(String said) {
    Matcher matcher = REACHED.matcher(said);
    return matcher.find()
        ? Optional.of(LOG_TIME.parse(matcher.group(1), Instant::from))
        : Optional.empty();
  }
}
