package io.varve.projections.token;

import io.varve.postgres.DatabaseException;
import io.varve.projections.feed.LedgerFeed;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;

/**
 * How far each segment has got and who works on it, in {@code ops.token}. A token is a position,
 * stored as its decimal text. A claim that was not extended for a while is anybody's; what is old
 * is told by the database's clock, as the nodes' may differ.
 */
public final class Tokens implements TokenStore {

  private static final String TYPE = "position";

  private static final String INITIALIZE =
      """
      insert into ops.token (processor, segment, mask, token, token_type, at)
      select ?, s, ?, ?, ?, clock_timestamp() from generate_series(0, ?) s
      on conflict do nothing
      """;

  private static final String STORE =
      """
      update ops.token set token = ?, token_type = ?, at = clock_timestamp()
       where processor = ? and segment = ? and owner = ?
      """;

  private static final String CLAIM =
      """
      update ops.token set owner = ?, at = clock_timestamp()
       where processor = ? and segment = ?
         and (owner is null or owner = ? or at < clock_timestamp() - make_interval(secs => ?))
      returning token, token_type
      """;

  private static final String EXTEND =
      """
      update ops.token set at = clock_timestamp() where processor = ? and segment = ? and owner = ?
      """;

  private static final String RELEASE =
      """
      update ops.token set owner = null where processor = ? and segment = ? and owner = ?
      """;

  private static final String SEGMENTS =
      """
      select segment from ops.token where processor = ? order by segment
      """;

  private static final String AVAILABLE =
      """
      select segment, coalesce(owner is null or owner = ? or at < clock_timestamp() - make_interval(secs => ?), true)
        from ops.token
       where processor = ?
       order by segment
      """;

  private final BatchTransactions transactions;
  private final String node;
  private final double timeout;

  /**
   * @param node who claims: a name that no other node has
   * @param timeout after which a claim that was not extended is anybody's
   */
  public Tokens(BatchTransactions transactions, String node, Duration timeout) {
    this.transactions = transactions;
    this.node = node;
    this.timeout = timeout.toMillis() / 1000.0;
  }

  @Override
  public void initializeTokenSegments(
      String processor, int segments, @Nullable TrackingToken initial) {
    if (Integer.bitCount(segments) != 1) {
      throw new IllegalArgumentException("segments must be a power of two: " + segments);
    }
    run(
        INITIALIZE,
        statement -> {
          statement.setString(1, processor);
          statement.setInt(2, segments - 1);
          statement.setString(3, Long.toString(LedgerFeed.position(initial)));
          statement.setString(4, TYPE);
          statement.setInt(5, segments - 1);
          return statement.executeUpdate();
        });
  }

  @Override
  public void storeToken(@Nullable TrackingToken token, String processor, int segment) {
    if (token != null && !(token instanceof GlobalSequenceTrackingToken)) {
      throw new IllegalArgumentException("not a position: " + token);
    }
    int stored =
        run(
            STORE,
            statement -> {
              statement.setString(1, Long.toString(LedgerFeed.position(token)));
              statement.setString(2, TYPE);
              statement.setString(3, processor);
              statement.setInt(4, segment);
              statement.setString(5, node);
              return statement.executeUpdate();
            });
    requireClaim(stored, segment);
  }

  @Override
  public TrackingToken fetchToken(String processor, int segment) {
    return run(
        CLAIM,
        statement -> {
          statement.setString(1, node);
          statement.setString(2, processor);
          statement.setInt(3, segment);
          statement.setString(4, node);
          statement.setDouble(5, timeout);
          try (ResultSet row = statement.executeQuery()) {
            requireClaim(row.next() ? 1 : 0, segment);
            return token(row.getString(1), row.getString(2));
          }
        });
  }

  @Override
  public void extendClaim(String processor, int segment) {
    int extended =
        run(
            EXTEND,
            statement -> {
              statement.setString(1, processor);
              statement.setInt(2, segment);
              statement.setString(3, node);
              return statement.executeUpdate();
            });
    requireClaim(extended, segment);
  }

  @Override
  public void releaseClaim(String processor, int segment) {
    run(
        RELEASE,
        statement -> {
          statement.setString(1, processor);
          statement.setInt(2, segment);
          statement.setString(3, node);
          return statement.executeUpdate();
        });
  }

  @Override
  public int[] fetchSegments(String processor) {
    return run(
        SEGMENTS,
        statement -> {
          statement.setString(1, processor);
          try (ResultSet rows = statement.executeQuery()) {
            List<Integer> segments = new ArrayList<>();
            while (rows.next()) {
              segments.add(rows.getInt(1));
            }
            return segments.stream().mapToInt(Integer::intValue).toArray();
          }
        });
  }

  @Override
  public List<Segment> fetchAvailableSegments(String processor) {
    return run(
        AVAILABLE,
        statement -> {
          statement.setString(1, node);
          statement.setDouble(2, timeout);
          statement.setString(3, processor);
          try (ResultSet rows = statement.executeQuery()) {
            List<Integer> all = new ArrayList<>();
            List<Integer> available = new ArrayList<>();
            while (rows.next()) {
              all.add(rows.getInt(1));
              if (rows.getBoolean(2)) {
                available.add(rows.getInt(1));
              }
            }
            int[] segments = all.stream().mapToInt(Integer::intValue).toArray();
            return available.stream().map(id -> Segment.computeSegment(id, segments)).toList();
          }
        });
  }

  private static TrackingToken token(@Nullable String text, @Nullable String type) {
    if (text == null || !TYPE.equals(type)) {
      throw new IllegalStateException("not a position: a token of type " + type);
    }
    return new GlobalSequenceTrackingToken(Long.parseLong(text));
  }

  private static void requireClaim(int rows, int segment) {
    if (rows != 1) {
      throw new UnableToClaimTokenException("segment " + segment + " is not this node's");
    }
  }

  @FunctionalInterface
  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  private <T> T run(String sql, Use<T> use) {
    try (PreparedStatement statement = transactions.current().connection().prepareStatement(sql)) {
      return use.of(statement);
    } catch (SQLException failure) {
      throw DatabaseException.of(failure);
    }
  }
}
