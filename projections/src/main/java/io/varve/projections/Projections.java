package io.varve.projections;

import io.varve.postgres.Database;
import io.varve.postgres.DatabaseException;
import io.varve.postgres.Scope;
import io.varve.projections.audit.AuditIndex;
import io.varve.projections.audit.IndexedEvent;
import io.varve.projections.document.Documents;
import io.varve.projections.feed.Head;
import io.varve.projections.feed.LedgerEvent;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The projections of a node: the read models, and beside them the index of the audit trail, which
 * waits for nothing that they do.
 *
 * <p>An event that cannot be projected stops its segment, which is tried again with increasing
 * pauses and never passed over; {@link #health()} tells.
 */
public final class Projections implements AutoCloseable {

  /** What is projected, each by a processor of its own. */
  public enum Part {
    READ_MODELS("read-models"),
    AUDIT_INDEX("audit-index");

    private final String processor;

    Part(String processor) {
      this.processor = processor;
    }

    /** The name under which its tokens are kept. */
    public String processor() {
      return processor;
    }
  }

  private static final String PLATFORM =
      """
      select platform_id from ledger.head
      """;

  private final Head head;
  private final List<Processor> processors;

  /** A node without a name of its own: one after it waits until its claims have expired. */
  public Projections(Database database, Clock clock) {
    this(database, clock, Settings.DEFAULT, tenant -> {});
  }

  public Projections(Database database, Clock clock, Settings settings, Consumer<UUID> moved) {
    this(database, clock, settings, UUID.randomUUID().toString(), EnumSet.allOf(Part.class), moved);
  }

  /**
   * @param name under which segments are claimed. No two running nodes may have the same name; a
   *     node that is started again under its old one goes on at once, even after a crash
   * @param clock the time by which claims are extended
   * @param parts what this node projects
   * @param moved told each tenant whose read models have moved, after the commit; must not block
   */
  public Projections(
      Database database,
      Clock clock,
      Settings settings,
      String name,
      Set<Part> parts,
      Consumer<UUID> moved) {
    this.head = new Head(database);
    var node = new Processor.Node(database, head, name, clock);
    this.processors =
        parts.stream()
            .map(
                part ->
                    switch (part) {
                      case READ_MODELS -> readModels(node, settings, moved);
                      case AUDIT_INDEX -> auditIndex(node, settings);
                    })
            .toList();
  }

  public void start() {
    head.start();
    processors.forEach(Processor::start);
  }

  /** Has an action run whenever the ledger has grown, by whatever node. It must not block. */
  public void watch(Runnable watcher) {
    head.watch(watcher);
  }

  /** How the projections are now, as the worst of them is. Asks the database. */
  public Health health() {
    boolean running = processors.stream().allMatch(Processor::isRunning);
    try {
      List<Health> all = processors.stream().map(Processor::health).toList();
      return new Health(
          running,
          all.stream().mapToLong(Health::lag).max().orElse(0),
          all.stream().map(Health::error).flatMap(Stream::ofNullable).findFirst().orElse(null));
    } catch (DatabaseException unreachable) {
      return new Health(running, -1, "the database cannot be reached");
    }
  }

  /** Gives all segments back, for other nodes to take at once. */
  @Override
  public void close() {
    try {
      processors.forEach(Processor::close);
    } finally {
      head.close();
    }
  }

  private static Processor readModels(
      Processor.Node node, Settings settings, Consumer<UUID> moved) {
    return new Processor(
        node,
        Part.READ_MODELS.processor(),
        settings,
        LedgerEvent.blocks(node.database()),
        Progress.OF_READ_MODELS,
        new ReadModels(new Documents(platform(node.database())), moved));
  }

  /** With one thread, so that the read models are never in its wake. */
  private static Processor auditIndex(Processor.Node node, Settings settings) {
    return new Processor(
        node,
        Part.AUDIT_INDEX.processor(),
        settings.withThreads(1),
        IndexedEvent.blocks(node.database()),
        Progress.OF_AUDIT_INDEX,
        new AuditIndex());
  }

  private static UUID platform(Database database) {
    return database
        .queryOne(
            Scope.projector(),
            PLATFORM,
            (statement, first) -> {},
            row -> row.getObject(1, UUID.class))
        .orElseThrow();
  }
}
