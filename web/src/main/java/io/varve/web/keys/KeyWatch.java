package io.varve.web.keys;

import io.varve.command.Commands;
import io.varve.command.LedgerRefusal;
import io.varve.command.Terms;
import io.varve.command.tenancy.RecordKeyRotation;
import io.varve.events.tenancy.KeyRing;
import io.varve.events.tenancy.PlatformId;
import io.varve.postgres.keyfile.KeyFiles;
import io.varve.postgres.vault.Rewrapping;
import io.varve.web.auth.Callers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a key has a new version, whoever added it: writes it down in the ledger, and wraps
 * the tenants' keys anew. Every node does so, and the first to get there has done it for all.
 */
final class KeyWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KeyWatch.class);
  private static final Duration PAUSE = KeyFiles.NOTICED;

  /** For what another node, late to notice a rotation, has wrapped with the old version since. */
  private static final Duration WRAPPING_PAUSE = Duration.ofMinutes(1);

  private final Map<KeyRing, IntSupplier> versions;
  private final Rewrapping rewrapping;
  private final Commands commands;
  private final UUID platform;
  private final Map<KeyRing, Integer> written = new EnumMap<>(KeyRing.class);
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("key-watch").daemon().factory());
  private final List<ScheduledFuture<?>> tasks = new ArrayList<>();

  /**
   * @param versions tells, of each key, which version is the current one
   */
  KeyWatch(
      Map<KeyRing, IntSupplier> versions, Rewrapping rewrapping, Commands commands, UUID platform) {
    this.versions = versions;
    this.rewrapping = rewrapping;
    this.commands = commands;
    this.platform = platform;
  }

  void start() {
    every(PAUSE, () -> versions.forEach((ring, version) -> writeDown(ring, version.getAsInt())));
    every(WRAPPING_PAUSE, this::rewrap);
  }

  /** Ends when what is under way for one tenant is done. */
  @Override
  public void close() {
    tasks.forEach(task -> task.cancel(true));
    schedule.close();
  }

  private void writeDown(KeyRing ring, int version) {
    // The first version is not one that anybody rotated to.
    if (version <= written.getOrDefault(ring, 1)) {
      return;
    }
    var rotation = new RecordKeyRotation(new PlatformId(platform), ring, version);
    try {
      commands.send(Callers.varve(platform), rotation, Terms.NONE);
    } catch (LedgerRefusal.NoSuchStream notSetUpYet) {
      log.debug("The platform is not set up, so its keys' versions cannot be written down yet");
      return;
    }
    written.put(ring, version);
    if (ring == KeyRing.KEY_ENCRYPTION_KEY) {
      rewrap();
    }
  }

  private void rewrap() {
    int done = rewrapping.run();
    if (done > 0) {
      log.info("The keys of {} tenants are wrapped by the newest key-encryption key now", done);
    }
  }

  /** The next time comes whatever happens this time. */
  private void every(Duration pause, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException failure) {
            log.warn("The versions of keys could not be looked after, and will be later", failure);
          }
        };
    tasks.add(schedule.scheduleWithFixedDelay(guarded, 0, pause.toMillis(), TimeUnit.MILLISECONDS));
  }
}
