package io.varve.projections.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The log's checkpoints as they were put into a folder outside of the database: a file for each, in
 * the order of their numbers. Some may be missing; none is in two places.
 */
public final class OutsideCheckpoints {

  private static final Pattern FILE = Pattern.compile("([0-9]{19})\\.txt");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** Nothing is kept outside, or nothing of it is at hand. */
  public static final OutsideCheckpoints NONE = new OutsideCheckpoints(null);

  private final @Nullable Path folder;

  /** A checkpoint's number and the file that it is in. */
  record Kept(long number, Path file) {

    String note() {
      try {
        return Files.readString(file);
      } catch (IOException unreadable) {
        throw new BrokenException("%s cannot be read: %s".formatted(file, unreadable.getMessage()));
      }
    }
  }

  private OutsideCheckpoints(@Nullable Path folder) {
    this.folder = folder;
  }

  /**
   * @param folder that seals are put into, with a folder {@code checkpoints} in it
   */
  public static OutsideCheckpoints in(Path folder) {
    return new OutsideCheckpoints(folder.resolve("checkpoints"));
  }

  /** All of them in order, a day at a time. */
  Paged<Kept> read() {
    Iterator<Path> days = folder == null ? List.<Path>of().iterator() : days(folder).iterator();
    return new Paged<>(last -> nextDay(days));
  }

  private static List<Kept> nextDay(Iterator<Path> days) {
    while (days.hasNext()) {
      List<Kept> found = new ArrayList<>();
      for (Path file : entries(days.next())) {
        Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          found.add(new Kept(Long.parseLong(name.group(1)), file));
        }
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static List<Path> days(Path folder) {
    return entries(folder).stream()
        .filter(day -> DAY.matcher(String.valueOf(day.getFileName())).matches())
        .toList();
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException unreadable) {
      throw new BrokenException(
          "what is kept outside cannot be read: %s".formatted(unreadable.getMessage()));
    }
  }
}
