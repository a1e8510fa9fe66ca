package io.varve.postgres.ledger;

import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.ledger.StoredJson;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads long stretches of the ledger, as it is stored, in pages: while one is worked on, the next
 * is on its way. Each page is a transaction of its own, which loses nothing: what has been written
 * does not change.
 */
public final class LedgerScan {

  private static final String ALL =
      """
      select position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
             actor_kind, actor_id, impersonator_kind, impersonator_id, request, payload, provenance
        from ledger.event
       where position > ? and position <= ?
       order by position
       limit ?
      """;

  private static final String OF_TENANT =
      """
      select position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
             actor_kind, actor_id, impersonator_kind, impersonator_id, request, payload, provenance
        from ledger.event
       where tenant_id = ? and number > ? and number <= ?
       order by number
       limit ?
      """;

  /** A stream's events are together, its first first. */
  private static final String STREAMS_OF_TENANT =
      """
      select position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
             actor_kind, actor_id, impersonator_kind, impersonator_id, request, payload, provenance
        from ledger.event
       where tenant_id = ? and (id, sequence) > (?, ?) and number <= ?
       order by id, sequence
       limit ?
      """;

  private static final UUID FIRST = new UUID(0, 0);
  private static final int PAGE = 2_000;

  private final Database database;

  public LedgerScan(Database database) {
    this.database = database;
  }

  /**
   * The events of all tenants, by their positions.
   *
   * @param after the last position that is not wanted; 0 for none
   * @param upTo the last position that is wanted
   * @param page takes some of them; the next comes when it returns
   */
  public void all(long after, long upTo, Consumer<List<Envelope>> page) {
    pages(after, from -> all(from, upTo, PAGE), Envelope::position, page);
  }

  /** Some of the events of all tenants: the first after a position. */
  public List<Envelope> all(long after, long upTo, int limit) {
    return database.query(
        Scope.projector(),
        ALL,
        (statement, first) -> {
          statement.setLong(first, after);
          statement.setLong(first + 1, upTo);
          statement.setInt(first + 2, limit);
        },
        LedgerScan::envelope);
  }

  /**
   * The events of one tenant, by their numbers, as far as the scope may see them.
   *
   * @param after the last number that is not wanted; 0 for none
   * @param upTo the last number that is wanted
   * @param page takes some of them; the next comes when it returns
   */
  public void ofTenant(
      Scope scope, UUID tenant, long after, long upTo, Consumer<List<Envelope>> page) {
    pages(after, from -> ofTenant(scope, tenant, from, upTo, PAGE), Envelope::number, page);
  }

  /** Some of the events of one tenant: the first after a number. */
  public List<Envelope> ofTenant(Scope scope, UUID tenant, long after, long upTo, int limit) {
    return database.query(
        scope,
        OF_TENANT,
        (statement, first) -> {
          statement.setObject(first, tenant);
          statement.setLong(first + 1, after);
          statement.setLong(first + 2, upTo);
          statement.setInt(first + 3, limit);
        },
        LedgerScan::envelope);
  }

  /**
   * The streams of one tenant, one after the other, each in the order of its sequence.
   *
   * @param upTo the last number that is wanted
   * @param page takes some events; the next come when it returns
   */
  public void streamsOf(Scope scope, UUID tenant, long upTo, Consumer<List<Envelope>> page) {
    pages(
        new Place(FIRST, -1),
        from -> streamsOf(scope, tenant, from, upTo),
        event -> new Place(event.id(), event.sequence()),
        page);
  }

  private record Place(UUID id, long sequence) {}

  private List<Envelope> streamsOf(Scope scope, UUID tenant, Place after, long upTo) {
    return database.query(
        scope,
        STREAMS_OF_TENANT,
        (statement, first) -> {
          statement.setObject(first, tenant);
          statement.setObject(first + 1, after.id());
          statement.setLong(first + 2, after.sequence());
          statement.setLong(first + 3, upTo);
          statement.setInt(first + 4, PAGE);
        },
        LedgerScan::envelope);
  }

  private static <P> void pages(
      P after,
      Function<P, List<Envelope>> read,
      Function<Envelope, P> place,
      Consumer<List<Envelope>> page) {
    try (ExecutorService ahead = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Envelope> current = read.apply(after);
      while (current.size() == PAGE) {
        P last = place.apply(current.getLast());
        Future<List<Envelope>> next = ahead.submit(() -> read.apply(last));
        page.accept(current);
        current = wait(next);
      }
      if (!current.isEmpty()) {
        page.accept(current);
      }
    }
  }

  private static List<Envelope> wait(Future<List<Envelope>> next) {
    try {
      return next.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      next.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the scan was interrupted", stopped);
    }
  }

  /** A row of the columns that both queries select. */
  private static Envelope envelope(ResultSet row) throws SQLException {
    return new Envelope(
        row.getLong(1),
        row.getObject(2, UUID.class),
        row.getLong(3),
        row.getString(4),
        row.getObject(5, UUID.class),
        row.getLong(6),
        row.getObject(7, UUID.class),
        row.getString(8),
        row.getInt(9),
        row.getObject(10, OffsetDateTime.class).toInstant(),
        row.getString(11),
        row.getObject(12, UUID.class),
        row.getString(13),
        row.getObject(14, UUID.class),
        row.getString(15),
        StoredJson.of(row.getBytes(16)),
        StoredJson.of(row.getBytes(17)));
  }
}
