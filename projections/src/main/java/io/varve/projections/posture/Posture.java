package io.varve.projections.posture;

import io.varve.events.Json;
import io.varve.events.kri.Colour;
import io.varve.events.posture.OutcomeSeverity;
import io.varve.events.posture.RiskScore;
import io.varve.events.posture.Severity;
import io.varve.postgres.Columns;
import io.varve.projections.document.Change;
import io.varve.projections.document.Colours;
import io.varve.projections.document.StreamKey;
import io.varve.projections.posture.Affected.Link;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The projection of scores and severities: of those risks and outcomes that a batch affects, all at
 * a time, from the documents as the batch leaves them.
 */
public final class Posture {

  private static final String MAKE_LINKS =
      """
      insert into read.link (tenant_id, target, stream, id)
      select * from unnest(cast(? as uuid[]), cast(? as uuid[]), ?, cast(? as uuid[]))
          on conflict do nothing
      """;

  private static final String BREAK_LINKS =
      """
      delete from read.link l
       using unnest(cast(? as uuid[]), cast(? as uuid[]), ?, cast(? as uuid[])) as b (tenant_id, target, stream, id)
       where l.tenant_id = b.tenant_id and l.target = b.target and l.stream = b.stream and l.id = b.id
      """;

  private static final String LINKED_TO =
      """
      select l.tenant_id, l.id
        from unnest(cast(? as uuid[]), cast(? as uuid[])) as t (tenant_id, target)
       cross join lateral (
             select * from read.link l
              where l.tenant_id = t.tenant_id and l.target = t.target and l.stream = ? offset 0) l
      """;

  /**
   * A subquery for each thing, here and below, so that it is looked up by its key: of a join the
   * planner may read all of a tenant, or of all tenants, while it thinks that a table is small.
   */
  private static final String TERMS =
      """
      select r.tenant_id, r.id, r.likelihood, r.impact, p.current,
             array(select (select c.effectiveness
                             from read.control c
                            where c.tenant_id = r.tenant_id and c.id = cast(linked.id as uuid)
                              and c.status = 'operating')
                     from jsonb_array_elements_text(r.doc -> 'controls') as linked (id)),
             (select max(k.colour)
                from read.link l
               cross join lateral (
                     select * from read.kri k where k.tenant_id = l.tenant_id and k.id = l.id offset 0) k
               where l.tenant_id = r.tenant_id and l.target = r.id and l.stream = 'kri')
        from unnest(cast(? as uuid[]), cast(? as uuid[])) as a (tenant_id, id)
       cross join lateral (
             select * from read.risk r where r.tenant_id = a.tenant_id and r.id = a.id offset 0) r
        left join lateral (
             select * from read.risk_posture p where p.tenant_id = a.tenant_id and p.id = a.id offset 0) p on true
      """;

  private static final String WRITE_SCORES =
      """
      insert into read.risk_posture as p (
        tenant_id, id, likelihood, impact, inherent, mitigation, residual, worst, pressure, current, severity)
      select *
        from unnest(cast(? as uuid[]), cast(? as uuid[]), ?, ?, ?, cast(? as numeric[]), cast(? as numeric[]), ?,
                    cast(? as numeric[]), cast(? as numeric[]), ?)
          on conflict (tenant_id, id) do update
         set likelihood = excluded.likelihood, impact = excluded.impact, inherent = excluded.inherent,
             mitigation = excluded.mitigation, residual = excluded.residual, worst = excluded.worst,
             pressure = excluded.pressure, current = excluded.current, severity = excluded.severity
       where (p.likelihood, p.impact, p.mitigation, p.worst)
             is distinct from (excluded.likelihood, excluded.impact, excluded.mitigation, excluded.worst)
          or p.residual <> excluded.residual
      """;

  private static final String WORST_RISKS =
      """
      select o.tenant_id, o.id,
             (select max((select p.current
                            from read.risk r
                           cross join lateral (
                                 select * from read.risk_posture p
                                  where p.tenant_id = r.tenant_id and p.id = r.id offset 0) p
                           where r.tenant_id = o.tenant_id and r.id = cast(linked.id as uuid)
                             and r.status = 'open'))
                from jsonb_array_elements_text(o.doc -> 'risks') as linked (id))
        from unnest(cast(? as uuid[]), cast(? as uuid[])) as a (tenant_id, id)
       cross join lateral (
             select * from read.outcome o where o.tenant_id = a.tenant_id and o.id = a.id offset 0) o
      """;

  private static final String WRITE_SEVERITIES =
      """
      insert into read.outcome_posture as p (tenant_id, id, score, severity)
      select * from unnest(cast(? as uuid[]), cast(? as uuid[]), cast(? as numeric[]), ?)
          on conflict (tenant_id, id) do update
         set score = excluded.score, severity = excluded.severity
       where p.score is distinct from excluded.score
      """;

  private record Scored(StreamKey key, RiskScore score) {}

  private record Rated(StreamKey key, @Nullable OutcomeSeverity severity) {}

  private Posture() {}

  /** Brings scores and severities up to the documents, which have been written already. */
  public static void write(Connection connection, Collection<Change> changes) throws SQLException {
    var affected = new Affected(changes);
    links(connection, BREAK_LINKS, affected.broken);
    links(connection, MAKE_LINKS, affected.made);
    affected.risks.addAll(linkedTo(connection, affected.controls, "risk"));
    SortedSet<StreamKey> counting = affected.reopenedOrClosed;
    counting.addAll(score(connection, affected.risks));
    affected.outcomes.addAll(linkedTo(connection, counting, "outcome"));
    rate(connection, affected.outcomes);
  }

  private static void links(Connection connection, String sql, List<Link> links)
      throws SQLException {
    if (links.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      new Columns<>(statement, links)
          .text(Link::tenant)
          .text(Link::target)
          .text(Link::stream)
          .text(Link::id);
      statement.executeUpdate();
    }
  }

  private static List<StreamKey> linkedTo(
      Connection connection, Collection<StreamKey> targets, String stream) throws SQLException {
    var linked = new ArrayList<StreamKey>();
    if (targets.isEmpty()) {
      return linked;
    }
    try (PreparedStatement statement = connection.prepareStatement(LINKED_TO)) {
      keys(statement, targets);
      statement.setString(3, stream);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          linked.add(key(row));
        }
      }
    }
    return linked;
  }

  /** Scores risks; answers those whose score is another now. */
  private static List<StreamKey> score(Connection connection, Collection<StreamKey> risks)
      throws SQLException {
    var moved = new ArrayList<StreamKey>();
    if (risks.isEmpty()) {
      return moved;
    }
    var scored = new ArrayList<Scored>();
    try (PreparedStatement statement = connection.prepareStatement(TERMS)) {
      keys(statement, risks);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          RiskScore score = score(row);
          scored.add(new Scored(key(row), score));
          BigDecimal was = row.getBigDecimal(5);
          if (was == null || was.compareTo(score.current()) != 0) {
            moved.add(key(row));
          }
        }
      }
    }
    writeScores(connection, scored);
    return moved;
  }

  private static RiskScore score(ResultSet row) throws SQLException {
    var effectiveness = (BigDecimal[]) row.getArray(6).getArray();
    int worst = row.getInt(7);
    List<Colour> colours = row.wasNull() ? List.of() : List.of(Colours.ofRank(worst));
    List<BigDecimal> operating = Arrays.stream(effectiveness).filter(Objects::nonNull).toList();
    return RiskScore.of(row.getInt(3), row.getInt(4), operating, colours);
  }

  private static void writeScores(Connection connection, List<Scored> scored) throws SQLException {
    if (scored.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(WRITE_SCORES)) {
      new Columns<>(statement, scored)
          .text(one -> one.key().tenant())
          .text(one -> one.key().id())
          .number(one -> one.score().likelihood())
          .number(one -> one.score().impact())
          .number(one -> one.score().inherent())
          .text(one -> one.score().mitigation().toPlainString())
          .text(one -> one.score().residual().toPlainString())
          .text(one -> one.score().worst() == null ? null : text(one.score().worst()))
          .text(one -> one.score().pressure().toPlainString())
          .text(one -> one.score().current().toPlainString())
          .text(one -> text(one.score().severity()));
      statement.executeUpdate();
    }
  }

  private static void rate(Connection connection, Collection<StreamKey> outcomes)
      throws SQLException {
    if (outcomes.isEmpty()) {
      return;
    }
    var rated = new ArrayList<Rated>();
    try (PreparedStatement statement = connection.prepareStatement(WORST_RISKS)) {
      keys(statement, outcomes);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          BigDecimal worst = row.getBigDecimal(3);
          rated.add(
              new Rated(
                  key(row), worst == null ? null : new OutcomeSeverity(worst, Severity.of(worst))));
        }
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(WRITE_SEVERITIES)) {
      new Columns<>(statement, rated)
          .text(one -> one.key().tenant())
          .text(one -> one.key().id())
          .text(one -> one.severity() == null ? null : one.severity().score().toPlainString())
          .text(one -> one.severity() == null ? null : text(one.severity().severity()));
      statement.executeUpdate();
    }
  }

  private static void keys(PreparedStatement statement, Collection<StreamKey> keys)
      throws SQLException {
    new Columns<>(statement, List.copyOf(keys)).text(StreamKey::tenant).text(StreamKey::id);
  }

  private static StreamKey key(ResultSet row) throws SQLException {
    return new StreamKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
  }

  private static String text(Enum<?> name) {
    return Json.MAPPER.convertValue(name, String.class);
  }
}
