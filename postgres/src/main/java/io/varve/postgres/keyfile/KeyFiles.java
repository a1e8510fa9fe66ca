package io.varve.postgres.keyfile;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of one key, each in a file that only its owner may read: {@code name} is version 1,
 * {@code name.2} version 2, and so on. The newest is the current one.
 *
 * <p>Other processes may add versions at any time, and whoever is sure that nothing depends on an
 * old one may delete it. Both are noticed by those who are running.
 */
public final class KeyFiles<K> {

  /** How long a version that another process added may go unnoticed. */
  public static final Duration NOTICED = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(KeyFiles.class);

  private final NumberedFiles files;
  private final KeyForm<K> form;
  private final InstantSource clock;
  private volatile NavigableMap<Integer, Version<K>> versions = Collections.emptyNavigableMap();
  private volatile long lookedAt;
  private String complaint = "";

  /**
   * A key and its place in the row of versions.
   *
   * @param since when it was added: the time of its file
   */
  public record Version<K>(int number, Instant since, K key) {}

  /**
   * Reads what versions there are.
   *
   * @param file of version 1
   * @param clock the time that new files get
   * @throws KeyFileException if one cannot be used
   */
  public KeyFiles(Path file, KeyForm<K> form, InstantSource clock) {
    this.files = new NumberedFiles(file);
    this.form = form;
    this.clock = clock;
    look();
  }

  /** The newest version; the first, made now, if there is none. */
  public Version<K> current() {
    lookNowAndThen();
    while (versions.isEmpty()) {
      write(1);
      look();
    }
    return versions.lastEntry().getValue();
  }

  /** All of them, the oldest first. */
  public List<Version<K>> versions() {
    lookNowAndThen();
    return List.copyOf(versions.values());
  }

  /** A version, which may have been added a moment ago. */
  public Optional<Version<K>> version(int number) {
    return find(version -> version.number() == number);
  }

  /** The newest version that is wanted, which may have been added a moment ago. */
  public Optional<Version<K>> find(Predicate<Version<K>> wanted) {
    return known(wanted)
        .or(
            () -> {
              tryToLook();
              return known(wanted);
            });
  }

  /** Adds a version, which is the current one from now on, and gives it. */
  public Version<K> add() {
    look();
    int number = versions.isEmpty() ? 1 : versions.lastKey() + 1;
    while (!write(number)) {
      number++;
    }
    int added = number;
    return version(added)
        .orElseThrow(() -> files.failure(added, "is gone since it was written", null));
  }

  private Optional<Version<K>> known(Predicate<Version<K>> wanted) {
    return versions.descendingMap().values().stream().filter(wanted).findFirst();
  }

  private void lookNowAndThen() {
    if (System.nanoTime() - lookedAt > NOTICED.toNanos()) {
      tryToLook();
    }
  }

  /** Whoever is running goes on with what it has, and complains once. */
  private synchronized void tryToLook() {
    try {
      look();
      complaint = "";
    } catch (KeyFileException unusable) {
      lookedAt = System.nanoTime();
      String message = String.valueOf(unusable.getMessage());
      if (!message.equals(complaint)) {
        log.error("{} The versions known so far stay in use.", message, unusable);
        complaint = message;
      }
    }
  }

  private synchronized void look() {
    var found = new TreeMap<Integer, Version<K>>();
    for (int number : files.numbers()) {
      Version<K> known = versions.get(number);
      found.put(number, known == null ? read(number) : known);
    }
    var gone = new TreeMap<>(versions);
    gone.keySet().removeAll(found.keySet());
    // With no newer one in its place, a key whose file is gone is still what all rests on.
    found.putAll(found.isEmpty() ? gone : gone.tailMap(found.lastKey()));
    versions = Collections.unmodifiableNavigableMap(found);
    lookedAt = System.nanoTime();
    gone.keySet().removeAll(found.keySet());
    gone.values().forEach(version -> form.wipe(version.key()));
  }

  private Version<K> read(int number) {
    byte[] content = files.read(number);
    try {
      return new Version<>(number, files.since(number), form.read(content));
    } catch (IllegalArgumentException malformed) {
      throw files.failure(number, String.valueOf(malformed.getMessage()), malformed);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private boolean write(int number) {
    byte[] content = form.make();
    try {
      return files.write(number, content, clock.instant());
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }
}
