package io.varve.postgres.isolation;

/** Who may do what. */
enum PrivilegeRule implements Rule {
  NOBODY_MAY_MORE_THAN_READ_AND_WRITE_ROWS(
      """
      select relation::regclass || ' ' || privilege || ' ' || grantee::regrole
        from relation_grant join our_relation c on c.oid = relation
       where privilege not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') or is_grantable
      """),

  /** By column: an INSERT on the table would let {@code OVERRIDING} and later columns in. */
  EVENTS_ARE_INSERTED_BY_COLUMN_AND_NEVER_CHANGED(
      """
      select privilege || ' ' || grantee::regrole from relation_grant
       where relation = 'ledger.event'::regclass
         and not (privilege = 'SELECT' or privilege = 'INSERT' and part is not null and grantee = 'varve_ledger'::regrole)
      """),

  /** Just as events, by the one role that reads all of them. */
  SEALS_ARE_INSERTED_BY_COLUMN_AND_NEVER_CHANGED(
      """
      select relation::regclass || ' ' || privilege || ' ' || grantee::regrole from relation_grant
       where relation::regclass::text in (
               'ledger.tile', 'ledger.checkpoint', 'ledger.log_tile', 'ledger.log_checkpoint', 'ledger.seal_key')
         and not (privilege = 'SELECT'
                  or privilege = 'INSERT' and part is not null and grantee = 'varve_projector'::regrole
                  -- The tiles at the right edge grow.
                  or privilege = 'UPDATE' and part = 'hashes' and grantee = 'varve_projector'::regrole)
      """),

  /** No request runs as the writer, and it need not read what it writes. */
  THE_WRITER_READS_NO_EVENTS(
      """
      select privilege from relation_grant
       where relation = 'ledger.event'::regclass and grantee = 'varve_ledger'::regrole and privilege <> 'INSERT'
      """),

  /** Who works across tenants learns whose key waits for which version, and no key. */
  ONLY_THE_VAULT_HAS_KEYS(
      """
      select relation::regclass || ' ' || privilege || ' ' || grantee::regrole from relation_grant
       where relation::regclass::text in ('ops.tenant_key', 'ops.subject_key', 'ops.purpose_key', 'ops.secret')
         and grantee <> 'varve_vault'::regrole
         and not (relation = 'ops.tenant_key'::regclass and privilege = 'SELECT' and part in ('tenant_id', 'kek_version')
                  and grantee = 'varve_projector'::regrole)
      """),

  /** A privilege to change by table is a privilege to lock it against every other tenant. */
  NO_REQUEST_LOCKS_A_WHOLE_TABLE(
      """
      select relation::regclass || ' ' || privilege || ' ' || grantee::regrole from relation_grant
        join app_role r on r.oid = grantee
       where r.request and part is null and privilege in ('UPDATE', 'DELETE', 'TRUNCATE', 'MAINTAIN')
         -- DELETE is not granted by column; the vault must forget secrets.
         and not (relation = 'ops.secret'::regclass and privilege = 'DELETE' and grantee = 'varve_vault'::regrole)
      """),

  THE_PUBLIC_HAS_NOTHING(
      """
      select relation::regclass::text from relation_grant join our_relation c on c.oid = relation where grantee = 0
       union all
      select function::regprocedure::text from function_grant join our_schema n on n.oid = pronamespace where grantee = 0
       union all
      select nspname from our_schema, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) where grantee = 0
       union all
      select 'database' from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
       where datname = current_database() and grantee = 0
       union all
      select 'language ' || lanname from pg_language, aclexplode(coalesce(lanacl, acldefault('l', lanowner)))
       where grantee = 0 and lanpltrusted
      """),

  NOBODY_CREATES_ANYTHING(
      """
      select nspname || ' ' || r.rolname from our_schema s, app_role r where has_schema_privilege(r.oid, s.oid, 'create')
       union all
      select 'temporary tables ' || rolname from app_role where has_database_privilege(oid, current_database(), 'temporary')
       union all
      select 'schemas ' || rolname from app_role where has_database_privilege(oid, current_database(), 'create')
       union all
      select lanname || ' ' || rolname from pg_language l, app_role r where lanpltrusted and has_language_privilege(r.oid, l.oid, 'usage')
      """),

  SEQUENCES_ARE_NOT_SHOWN(
      """
      select c.oid::regclass || ' ' || r.rolname from our_relation c, app_role r
       where c.relkind = 'S' and has_sequence_privilege(r.oid, c.oid, 'usage, select, update')
      """),

  THERE_ARE_NO_LARGE_OBJECTS(
      """
      select oid from pg_largeobject_metadata
      """),

  WHAT_IS_MADE_LATER_IS_NOBODYS(
      """
      select pg_get_userbyid(d.defaclrole) || ' ' || d.defaclobjtype::text from pg_default_acl d, aclexplode(d.defaclacl) g
       where g.grantee <> d.defaclrole
       union all
      -- Without an entry PostgreSQL grants EXECUTE to everybody.
      select 'functions' where not exists (
        select from pg_default_acl d join pg_database b on b.datname = current_database()
         where d.defaclrole = b.datdba and d.defaclobjtype = 'f' and d.defaclnamespace = 0)
      """),

  THE_LOGIN_CONNECTS_AND_TAKES_SCOPES(
      """
      select relation::regclass::text from relation_grant where grantee = 'varve_login'::regrole
       union all
      select function::regprocedure::text from function_grant
       where grantee = 'varve_login'::regrole and (function <> 'set_config'::regproc or is_grantable)
       union all
      select nspname from pg_namespace, aclexplode(nspacl) where grantee = 'varve_login'::regrole
       union all
      select datname || ' ' || privilege_type from pg_database, aclexplode(datacl)
       where grantee = 'varve_login'::regrole and privilege_type <> 'CONNECT'
      """),

  ONLY_THE_LOGIN_CONNECTS(
      """
      select rolname from app_role where rolname <> 'varve_login' and has_database_privilege(oid, current_database(), 'connect')
      """),

  THE_SERVERS_OWN_CATALOG_IS_AS_INSTALLED(
      """
      select g.relation::regclass || ' ' || g.grantee::regrole from relation_grant g
        join app_role r on r.oid = g.grantee
       where g.relnamespace in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
       union all
      select function::regprocedure || ' ' || grantee::regrole from function_grant
        join app_role r on r.oid = grantee
       where pronamespace = 'pg_catalog'::regnamespace and not (r.rolname = 'varve_login' and function = 'set_config'::regproc)
       union all
      select c || ' is readable' from app_role r,
             unnest(array['pg_statistic', 'pg_statistic_ext_data', 'pg_authid', 'pg_largeobject', 'pg_user_mapping']) as c
       where has_table_privilege(r.oid, 'pg_catalog.' || c, 'select')
      """),

  /** See hardening.sql. Said again in other words, so that neither can be forgotten alone. */
  FUNCTIONS_AGAINST_OTHERS_ARE_TAKEN_AWAY(
      """
      select p.oid::regprocedure || ' ' || r.rolname from pg_proc p, app_role r
       where p.pronamespace = 'pg_catalog'::regnamespace
         and (p.proname ~ 'advisory|cancel_backend|terminate_backend|^lo_|^lo(read|write)$|^pg_stat_(get|reset)|^pg_current_wal'
              or p.proname ~ '^pg_(database|relation|table|indexes|total_relation|tablespace)_size$'
              or p.proname in ('pg_lock_status', 'pg_blocking_pids', 'pg_prepared_xact', 'pg_export_snapshot', 'pg_read_file',
                               'pg_logical_emit_message', 'pg_log_backend_memory_contexts', 'pg_ls_dir', 'pg_reload_conf')
              or p.proname = 'set_config' and r.rolname <> 'varve_login')
         and has_function_privilege(r.oid, p.oid, 'execute')
      """);

  private final String sql;

  PrivilegeRule(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
