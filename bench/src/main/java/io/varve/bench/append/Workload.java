package io.varve.bench.append;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.varve.command.risk.IdentifyRisk;
import io.varve.command.risk.ReviseRisk;
import io.varve.events.access.Caller;
import io.varve.events.access.Role;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * What the callers ask: risks written down, and risks assessed again, by administrators of many
 * tenants.
 */
final class Workload {

  static final int TENANTS = 1_000;

  /** Makes identifiers as the server does. */
  static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

  private static final String TITLE = "Ransomware stops the order desk";
  private static final String DESCRIPTION =
      "Back-ups are on the same network as what they back up; a restore was last tried in spring.";
  private static final String CATEGORY = "availability";

  private final List<Caller> callers =
      IntStream.range(0, TENANTS).mapToObj(i -> caller(IDS.generate())).toList();

  /** Streams that are there already, and how often each was written to. */
  static final class Streams {

    private final List<Caller> owners;
    private final List<RiskId> ids;
    private final AtomicIntegerArray versions;

    Streams(List<Caller> callers, int size) {
      this(
          IntStream.range(0, size).mapToObj(i -> callers.get(i % callers.size())).toList(),
          IntStream.range(0, size).mapToObj(i -> new RiskId(IDS.generate())).toList());
    }

    private Streams(List<Caller> owners, List<RiskId> ids) {
      this.owners = owners;
      this.ids = ids;
      this.versions = new AtomicIntegerArray(ids.size());
    }

    /** The same streams in another store, as they were in the beginning. */
    Streams twin() {
      return new Streams(owners, ids);
    }

    int size() {
      return ids.size();
    }

    int any() {
      return ThreadLocalRandom.current().nextInt(size());
    }

    Caller owner(int stream) {
      return owners.get(stream);
    }

    RiskId id(int stream) {
      return ids.get(stream);
    }

    /**
     * The sequence of the event that is about to be written; the first one has begun the stream.
     */
    int next(int stream) {
      return versions.incrementAndGet(stream);
    }
  }

  Streams streams(int size) {
    return new Streams(callers, size);
  }

  List<Caller> callers() {
    return callers;
  }

  Caller anyone() {
    return callers.get(ThreadLocalRandom.current().nextInt(TENANTS));
  }

  static IdentifyRisk identify(RiskId id) {
    return new IdentifyRisk(
        id, TITLE, DESCRIPTION, CATEGORY, null, 3, 3, Treatment.MITIGATE, new TreeSet<>());
  }

  /** Differs from the one before, so that there is always something to record. */
  static ReviseRisk reassess(RiskId id, int version) {
    return new ReviseRisk(
        id,
        TITLE,
        DESCRIPTION,
        CATEGORY,
        null,
        1 + version % 5,
        3,
        Treatment.MITIGATE,
        new TreeSet<>());
  }

  private static Caller caller(UUID tenant) {
    return new Caller(
        tenant,
        Actor.user(IDS.generate()),
        null,
        Role.TENANT_ADMIN.permissions(),
        Role.TENANT_ADMIN.permissions(),
        Via.API,
        null,
        UUID.randomUUID().toString(),
        null,
        null);
  }
}
