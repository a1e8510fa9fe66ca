package io.varve.web.export;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who makes which export. What there is to make is said by the ledger's claims; a row only keeps
 * other nodes away for as long as it is renewed, and shows how far that has got.
 */
final class ExportJobs {

  private static final String PENDING =
      """
      select c.tenant_id, c.value
        from ledger.claim c
       where c.kind = 'export.pending'
         and not exists (
           select from ops.export_job j
            where j.tenant_id = c.tenant_id and j.id = cast(c.value as uuid) and j.until > now())
      """;

  private static final String KEPT =
      """
      select tenant_id, value from ledger.claim where kind = 'export.kept'
      """;

  private static final String TAKE =
      """
      insert into ops.export_job (tenant_id, id, owner, until) values (?, ?, ?, now() + interval '30 seconds')
      on conflict (tenant_id, id) do update
        set owner = excluded.owner, until = excluded.until, done = 0, total = 0
        where export_job.until <= now()
      returning id
      """;

  /** Nothing if another node has it by now, or it is wanted no more. */
  private static final String RENEW =
      """
      update ops.export_job j
         set until = now() + interval '30 seconds', done = ?, total = ?
       where j.tenant_id = ? and j.id = ? and j.owner = ?
         and exists (
           select from ledger.claim c
            where c.tenant_id = j.tenant_id and c.kind = 'export.pending' and c.value = cast(j.id as text))
      returning j.id
      """;

  private static final String GIVE_BACK =
      """
      delete from ops.export_job where tenant_id = ? and id = ? and owner = ? returning id
      """;

  private static final String PROGRESS =
      """
      select done, total from ops.export_job where tenant_id = ? and id = ?
      """;

  private final Database database;
  private final UUID node = UUID.randomUUID();

  /** An export of a tenant. */
  record Job(UUID tenant, UUID id) {}

  /**
   * How far the making of a bundle has got.
   *
   * @param done how many events were looked at
   * @param of how many; 0 while it waits for what it exports to be sealed
   */
  record Progress(long done, long of) {}

  ExportJobs(Database database) {
    this.database = database;
  }

  /** This node, as long as it runs. */
  UUID node() {
    return node;
  }

  List<Job> pending() {
    return jobs(PENDING);
  }

  List<Job> kept() {
    return jobs(KEPT);
  }

  boolean take(Job job) {
    return !database
        .query(
            Scope.projector(List.of(job.tenant())),
            TAKE,
            (statement, first) -> {
              statement.setObject(first, job.tenant());
              statement.setObject(first + 1, job.id());
              statement.setObject(first + 2, node);
            },
            row -> row.getObject(1, UUID.class))
        .isEmpty();
  }

  boolean renew(Job job, Progress progress) {
    return !database
        .query(
            Scope.projector(List.of(job.tenant())),
            RENEW,
            (statement, first) -> {
              statement.setLong(first, progress.done());
              statement.setLong(first + 1, progress.of());
              statement.setObject(first + 2, job.tenant());
              statement.setObject(first + 3, job.id());
              statement.setObject(first + 4, node);
            },
            row -> row.getObject(1, UUID.class))
        .isEmpty();
  }

  void giveBack(Job job) {
    database.query(
        Scope.projector(List.of(job.tenant())),
        GIVE_BACK,
        (statement, first) -> {
          statement.setObject(first, job.tenant());
          statement.setObject(first + 1, job.id());
          statement.setObject(first + 2, node);
        },
        row -> row.getObject(1, UUID.class));
  }

  Optional<Progress> progress(Job job) {
    return database.queryOne(
        Scope.query(job.tenant()),
        PROGRESS,
        (statement, first) -> {
          statement.setObject(first, job.tenant());
          statement.setObject(first + 1, job.id());
        },
        row -> new Progress(row.getLong(1), row.getLong(2)));
  }

  private List<Job> jobs(String sql) {
    return database.query(
        Scope.projector(),
        sql,
        (statement, first) -> {},
        row -> new Job(row.getObject(1, UUID.class), UUID.fromString(row.getString(2))));
  }
}
