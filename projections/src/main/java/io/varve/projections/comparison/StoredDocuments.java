package io.varve.projections.comparison;

import io.varve.events.Json;
import io.varve.events.StreamDefinition;
import io.varve.events.kri.Kri;
import io.varve.events.tenancy.Carrier;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.Tenant;
import io.varve.postgres.Columns;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.projections.document.Colours;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The documents as they are stored, asked by PostgreSQL itself whether they are what they should.
 */
final class StoredDocuments {

  /** A subquery for each document, so that it is looked up by its key. */
  private static final String COMPARE =
      """
      select coalesce(d.sequence, -1),
             d.number = k.number and d.position = k.position and d.created = k.created and d.at = k.at,
             d.doc = cast(k.doc as jsonb){coloured}
        from unnest(cast(? as uuid[]), cast(? as uuid[]), ?, ?, cast(? as timestamptz[]),
                    cast(? as timestamptz[]), ?, ?, cast(? as timestamptz[]))
             with ordinality
          as k (tenant_id, id, number, position, created, at, doc, colour, observed_at, n)
        left join lateral (
             select * from read."{stream}" d where d.tenant_id = k.tenant_id and d.id = k.id offset 0) d on true
       order by k.n
      """;

  private static final String COLOURED =
      " and d.colour = k.colour and d.observed_at is not distinct from k.observed_at";

  private static final String SEQUENCE =
      """
      select sequence from read."{stream}" where tenant_id = ? and id = ?
      """;

  private static final String OWNED =
      """
      select d.tenant_id, d.id,
             exists (select from ledger.event e where e.tenant_id = d.{owner} and e.id = d.id and e.sequence = 0)
        from read."{stream}" d
       where (d.tenant_id, d.id) > (?, ?)
       order by d.tenant_id, d.id
       limit ?
      """;

  /** Those that are read in other tenants than their own, which has their own id. */
  private static final Set<StreamDefinition<?, ?>> GOVERNED =
      Set.of(Tenant.STREAM, Organization.STREAM, Carrier.STREAM);

  private final Database database;

  /** A document that should be there, in the tenant where it is read. */
  record Expected(UUID home, Folding.Result stream) {}

  /**
   * What is there.
   *
   * @param sequence of the last event in it; -1 where there is no document
   * @param stamped whether number, position and times are those of the events
   * @param folded whether the document is the fold
   */
  record Found(long sequence, boolean stamped, boolean folded) {

    boolean is(Expected expected) {
      return sequence == expected.stream().last().sequence() && stamped && folded;
    }
  }

  /** A document, and whether its stream has begun in the ledger. */
  record Document(UUID home, UUID id, boolean known) {}

  StoredDocuments(Database database) {
    this.database = database;
  }

  /** What there is for each, in their order; all are of one stream's kind. */
  List<Found> find(StreamDefinition<?, ?> stream, List<Expected> expected) {
    boolean coloured = stream.stateType() == Kri.class;
    return database.query(
        Scope.projector(),
        COMPARE.replace("{stream}", stream.name()).replace("{coloured}", coloured ? COLOURED : ""),
        (statement, first) ->
            new Columns<>(statement, expected, first)
                .text(Expected::home)
                .text(one -> one.stream().key().id())
                .number(one -> one.stream().last().number())
                .number(one -> one.stream().last().position())
                .text(one -> one.stream().created())
                .text(one -> one.stream().last().at())
                .text(one -> Json.write(one.stream().state()))
                .number(StoredDocuments::colour)
                .text(StoredDocuments::observedAt),
        row -> new Found(row.getLong(1), row.getBoolean(2), row.getBoolean(3)));
  }

  /** The sequence that a document is at; -1 where there is none. */
  long sequence(StreamDefinition<?, ?> stream, UUID home, UUID id) {
    return database
        .queryOne(
            Scope.projector(),
            SEQUENCE.replace("{stream}", stream.name()),
            (statement, first) -> {
              statement.setObject(first, home);
              statement.setObject(first + 1, id);
            },
            row -> row.getLong(1))
        .orElse(-1L);
  }

  /** A page of all documents of a kind. */
  List<Document> following(StreamDefinition<?, ?> stream, @Nullable Document last, int limit) {
    return database.query(
        Scope.projector(),
        OWNED
            .replace("{stream}", stream.name())
            .replace("{owner}", GOVERNED.contains(stream) ? "id" : "tenant_id"),
        (statement, first) -> {
          statement.setObject(first, last == null ? new UUID(0, 0) : last.home());
          statement.setObject(first + 1, last == null ? new UUID(0, 0) : last.id());
          statement.setInt(first + 2, limit);
        },
        row ->
            new Document(
                row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getBoolean(3)));
  }

  static boolean isGoverned(StreamDefinition<?, ?> stream) {
    return GOVERNED.contains(stream);
  }

  private static long colour(Expected expected) {
    return expected.stream().state() instanceof Kri kri ? Colours.rank(kri.colour()) : 0;
  }

  private static @Nullable Object observedAt(Expected expected) {
    return expected.stream().state() instanceof Kri kri && kri.current() != null
        ? kri.current().observedAt()
        : null;
  }
}
