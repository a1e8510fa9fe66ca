package io.varve.postgres.isolation;

/** What tables, keys, views and functions look like. */
enum TableRule implements Rule {
  /** These are the installation's own, or Flyway's. Whoever adds to them says why. */
  ONLY_FEW_TABLES_HAVE_NO_TENANT(
      """
      select oid::regclass from our_table
       where oid not in (select oid from tenant_table)
         and oid::regclass::text not in (
           'ledger.head',                 -- one row: the order of all appends
           'ledger.log_tile',             -- hashes of all tenants' checkpoints, which the proofs of each need
           'ledger.log_checkpoint',       -- given to everybody
           'ledger.seal_key',             -- public keys
           'ops.sealing',                 -- one row: up to where all events are sealed
           'ops.seal_sink',               -- what has been delivered of the two above
           'ops.token',                   -- how far processors have got, over all tenants
           'ops.bucket',                  -- counted before it is known who asks, by keyed hashes
           'ops.sign_in_attempt',         -- counted whether there is such an account or not, by keyed hashes
           'flyway.flyway_schema_history')
      """),

  A_TENANT_IS_A_UUID_AND_NEVER_NULL(
      """
      select t.oid::regclass from tenant_table t join pg_attribute a on a.attrelid = t.oid and a.attnum = t.tenant
       where a.atttypid <> 'uuid'::regtype or not a.attnotnull
      """),

  /** Partitions too: asked directly they ignore their parent's policies. */
  ROW_SECURITY_IS_ENABLED_AND_FORCED(
      """
      select oid::regclass from tenant_table where not relrowsecurity or not relforcerowsecurity
      """),

  EVERY_TENANT_TABLE_HAS_A_PRIMARY_KEY(
      """
      select oid::regclass from tenant_table t
       where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary)
      """),

  /**
   * Otherwise a duplicate tells one tenant what another has. Only the ledger's writer, which serves
   * all tenants, meets the two that number and name events over all of them, and only the projector
   * the one that numbers what was sealed.
   */
  A_KEY_BEGINS_WITH_THE_TENANT(
      """
      select i.indexrelid::regclass from pg_index i join tenant_table t on t.oid = i.indrelid
       where (i.indisunique or i.indisexclusion) and i.indkey[0] <> t.tenant
         and i.indexrelid::regclass::text not in (
           'ledger.event_position_key', 'ledger.event_event_id_key', 'ledger.checkpoint_log_index_key')
      """),

  A_FOREIGN_KEY_STAYS_WITHIN_THE_TENANT(
      """
      select k.conrelid::regclass || ' ' || k.conname from pg_constraint k
        join our_table c on c.oid = k.conrelid
       where k.contype = 'f' and not exists (
         select from tenant_table t, tenant_table r, unnest(k.conkey, k.confkey) as pair (own, other)
          where t.oid = k.conrelid and r.oid = k.confrelid and pair.own = t.tenant and pair.other = r.tenant)
      """),

  A_VIEW_ASKS_AS_ITS_INVOKER(
      """
      select oid::regclass from our_relation
       where relkind = 'v' and not coalesce(reloptions && array['security_invoker=true', 'security_invoker=on'], false)
      """),

  NOTHING_IS_MATERIALISED_OR_FOREIGN(
      """
      select oid::regclass from our_relation where relkind in ('m', 'f')
      """),

  NO_TABLE_HAS_A_RULE(
      """
      select r.ev_class::regclass || ' ' || r.rulename from pg_rewrite r join our_relation c on c.oid = r.ev_class
       where r.rulename <> '_RETURN'
      """),

  NO_FUNCTION_RUNS_AS_ITS_DEFINER(
      """
      select oid::regprocedure from our_function where prosecdef
      """),

  NOTHING_OF_OURS_IS_LEAKPROOF(
      """
      select oid::regprocedure from our_function where proleakproof
      """),

  A_FUNCTION_WITH_A_TEXTUAL_BODY_FIXES_ITS_SEARCH_PATH(
      """
      select oid::regprocedure from our_function
       where prosqlbody is null and not exists (select from unnest(proconfig) s where s ~ '^search_path=')
      """),

  THE_LEDGER_REFUSES_CHANGES_IN_EVERY_SESSION(
      """
      select relation
        from unnest(array['ledger.event', 'ledger.checkpoint', 'ledger.log_checkpoint', 'ledger.seal_key']) relation
       where not exists (
        select from pg_trigger
         where tgrelid = relation::regclass and tgfoid = 'ledger.refuse_change'::regproc
           and tgenabled = 'A' and tgqual is null and tgattr = ''
           -- Before (2), by statement (not 1), on delete (8), update (16) and truncate (32).
           and tgtype = 2 + 8 + 16 + 32)
      """);

  private final String sql;

  TableRule(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
