package io.varve.query.audit;

import io.varve.events.audit.NumberBlock;
import io.varve.events.audit.Term;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The index of the trail: for each term, in which blocks of numbers it is and which of them have
 * it. Every condition is an equality or comparison that PostgreSQL calls leakproof, so that it
 * reaches the primary key below the policies.
 */
final class TrailIndex {

  private static final String COUNT =
      """
      select a.key,
             coalesce(sum(case length(a.numbers) when 128 then bit_count(a.numbers) else length(a.numbers) / 2 end)
                        filter (where a.block > ? and a.block < ?), 0),
             any_value(a.numbers) filter (where a.block = ?),
             any_value(a.numbers) filter (where a.block = ?)
        from read.audit_index a
       where a.tenant_id = ? and a.key = any (?) and a.block between ? and ?
       group by a.key
      """;

  private static final String OLDEST_FIRST =
      """
      select d.block, d.numbers,
             array(select o.numbers from read.audit_index o
                    where o.tenant_id = d.tenant_id and o.key = any (?) and o.block = d.block)
        from (select a.tenant_id, a.block, a.numbers
                from read.audit_index a
               where a.tenant_id = ? and a.key = ? and a.block between ? and ?
               order by a.block
               limit ?) d
       order by d.block
      """;

  private static final String NEWEST_FIRST =
      """
      select d.block, d.numbers,
             array(select o.numbers from read.audit_index o
                    where o.tenant_id = d.tenant_id and o.key = any (?) and o.block = d.block)
        from (select a.tenant_id, a.block, a.numbers
                from read.audit_index a
               where a.tenant_id = ? and a.key = ? and a.block between ? and ?
               order by a.block desc
               limit ?) d
       order by d.block desc
      """;

  private final Database database;

  /**
   * One block of the rarest term.
   *
   * @param seen how many numbers of the range have that term
   * @param numbers those that have all terms, ascending
   */
  record Candidates(int block, long seen, List<Long> numbers) {}

  private record Count(long key, long count) {}

  TrailIndex(Database database) {
    this.database = database;
  }

  /** How many events of a range have each term. */
  Map<Term, Long> count(UUID tenant, Collection<Term> terms, Numbers range) {
    if (range.isEmpty()) {
      return Map.of();
    }
    int low = NumberBlock.of(range.from());
    int high = NumberBlock.of(range.to() - 1);
    var counts = new HashMap<Long, Long>();
    database
        .query(
            Scope.query(tenant),
            COUNT,
            (statement, first) -> {
              statement.setInt(first, low);
              statement.setInt(first + 1, high);
              statement.setInt(first + 2, low);
              // Counted once where the range is within one block.
              statement.setInt(first + 3, high == low ? -1 : high);
              statement.setObject(first + 4, tenant);
              statement.setArray(
                  first + 5, statement.getConnection().createArrayOf("bigint", keys(terms)));
              statement.setInt(first + 6, low);
              statement.setInt(first + 7, high);
            },
            row ->
                new Count(
                    row.getLong(1),
                    row.getLong(2)
                        + within(range, low, row.getBytes(3))
                        + within(range, high, row.getBytes(4))))
        .forEach(counted -> counts.put(counted.key(), counted.count()));
    var byTerm = new HashMap<Term, Long>();
    terms.forEach(term -> byTerm.put(term, counts.getOrDefault(term.key(), 0L)));
    return byTerm;
  }

  /**
   * The first blocks of a range in which the rarest term is, in an order of blocks.
   *
   * @param others the terms that an event must have beside it
   * @param limit how many blocks
   */
  List<Candidates> walk(
      UUID tenant,
      Term rarest,
      Collection<Term> others,
      Numbers range,
      boolean newestFirst,
      int limit) {
    return database.query(
        Scope.query(tenant),
        newestFirst ? NEWEST_FIRST : OLDEST_FIRST,
        (statement, first) -> {
          statement.setArray(
              first, statement.getConnection().createArrayOf("bigint", keys(others)));
          statement.setObject(first + 1, tenant);
          statement.setLong(first + 2, rarest.key());
          statement.setInt(first + 3, NumberBlock.of(range.from()));
          statement.setInt(first + 4, NumberBlock.of(range.to() - 1));
          statement.setInt(first + 5, limit);
        },
        row -> candidates(row, range, others.size()));
  }

  private static Candidates candidates(ResultSet row, Numbers range, int others)
      throws SQLException {
    int block = row.getInt(1);
    NumberBlock numbers = NumberBlock.decode(row.getBytes(2));
    long seen = numbers.numbers(block, range.from(), range.to()).count();
    byte[][] rest = (byte[][]) row.getArray(3).getArray();
    if (rest.length < others) {
      return new Candidates(block, seen, List.of());
    }
    for (byte[] other : rest) {
      numbers.retainAll(NumberBlock.decode(other));
    }
    return new Candidates(
        block, seen, numbers.numbers(block, range.from(), range.to()).boxed().toList());
  }

  private static long within(Numbers range, int block, byte @Nullable [] numbers) {
    return numbers == null
        ? 0
        : NumberBlock.decode(numbers).numbers(block, range.from(), range.to()).count();
  }

  private static Object[] keys(Collection<Term> terms) {
    return terms.stream().map(Term::key).toArray();
  }
}
