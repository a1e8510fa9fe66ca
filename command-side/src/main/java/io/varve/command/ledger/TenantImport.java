package io.varve.command.ledger;

import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.catalog.Streams;
import io.varve.evidence.bundle.StateLine;
import io.varve.evidence.bundle.VerifiedBundle;
import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.evidence.ledger.Envelope;
import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Brings a tenant of another installation into the ledger, from a bundle of its whole trail that
 * was verified. Its events keep all that is sealed of them and get positions of this ledger; its
 * unique values are claimed anew from what its streams have come to. All of it is one transaction,
 * however long that takes: the tenant is there whole, or not at all.
 */
public final class TenantImport {

  private static final int CLAIMS_AT_ONCE = 2_000;

  /**
   * What an imported tenant holds besides: the checkpoint that it came with. Nothing frees it, and
   * by it the vault knows that older texts are under keys of elsewhere.
   */
  private static final String IMPORTED = "tenant.imported";

  /** How much two installations' clocks may differ. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final Database database;
  private final InstantSource clock;

  /** Is told how many events are stored. */
  @FunctionalInterface
  public interface Watch {
    void at(long done, long of);
  }

  /**
   * What was imported.
   *
   * @param first the position of its first event
   * @param last the position of its last event
   */
  public record Imported(long first, long last) {}

  public TenantImport(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * @throws ImportRefusedException if a bundle is not of a whole trail, so that no ledger takes it
   */
  public static void requireWhole(VerifiedBundle bundle) {
    if (bundle.verified().leftOut() > 0) {
      throw new ImportRefusedException(
          "it is of a part of the trail: %d of the first %d events are left out"
              .formatted(bundle.verified().leftOut(), bundle.checkpoint().size()));
    }
  }

  /**
   * @throws ImportRefusedException if it cannot be imported here; nothing is written then
   * @throws io.varve.evidence.bundle.BadBundleException if the bundle was changed after it was
   *     verified; nothing is written then
   */
  public Imported run(VerifiedBundle bundle, Watch watch) {
    requireWhole(bundle);
    try {
      return database.transactAtLength(
          Scope.ledger(), connection -> new Running(bundle, connection, watch).run());
    } catch (DatabaseException refused) {
      if (refused.isUniqueViolation()) {
        throw new ImportRefusedException("an event of it is in this ledger already", refused);
      }
      throw refused;
    }
  }

  /** One import while it runs. */
  private final class Running {

    private final VerifiedBundle bundle;
    private final UUID tenant;
    private final ImportInsert insert;
    private final Watch watch;
    private final Instant latest = clock.instant().plus(AHEAD);
    private final List<PendingClaim> claims = new ArrayList<>();
    private Instant at = Instant.MIN;
    private boolean closed;

    Running(VerifiedBundle bundle, Connection connection, Watch watch) {
      this.bundle = bundle;
      this.tenant = bundle.verified().manifest().tenant();
      this.insert = new ImportInsert(connection, tenant);
      this.watch = watch;
    }

    Imported run() throws SQLException {
      ImportInsert.Head head = insert.lock();
      if (insert.isThere()) {
        throw new ImportRefusedException("the tenant %s is there already".formatted(tenant));
      }
      Checkpoint checkpoint = bundle.checkpoint();
      long size = checkpoint.size();
      String came = "%s %d %s".formatted(checkpoint.origin(), size, checkpoint.root().base64());
      claims.add(new PendingClaim(tenant, IMPORTED, came, tenant, ""));
      bundle.events(page -> store(head.position(), page));
      bundle.states(state -> claim(head.platform(), state));
      take();
      insert.end(size, at, closed);
      return new Imported(head.position() + 1, head.position() + size);
    }

    private void store(long base, List<Envelope> page) {
      for (Envelope event : page) {
        require(!event.at().isBefore(at), event, "is older than the one before it");
        require(!event.at().isAfter(latest), event, "is of a time that has not come yet");
        at = event.at();
      }
      try {
        insert.events(base, page);
      } catch (SQLException failure) {
        throw DatabaseException.of(failure);
      }
      if (!page.isEmpty()) {
        watch.at(page.getLast().number(), bundle.checkpoint().size());
      }
    }

    private void claim(UUID platform, StateLine line) {
      State state =
          Json.MAPPER.treeToValue(
              line.state(), Streams.named(line.stream()).orElseThrow().stateType());
      closed |= state.endsTenant();
      state.uniqueValues().stream()
          .map(value -> PendingClaim.of(value, tenant, line.id(), platform))
          .forEach(claims::add);
      if (claims.size() >= CLAIMS_AT_ONCE) {
        take();
      }
    }

    private void take() {
      if (claims.isEmpty()) {
        return;
      }
      try {
        insert
            .claim(claims)
            .ifPresent(
                kind -> {
                  throw new ImportRefusedException(
                      "a value that must be unique (%s) is taken here".formatted(kind));
                });
      } catch (SQLException failure) {
        throw DatabaseException.of(failure);
      }
      claims.clear();
    }

    private static void require(boolean held, Envelope event, String otherwise) {
      if (!held) {
        throw new ImportRefusedException("event %d %s".formatted(event.number(), otherwise));
      }
    }
  }
}
