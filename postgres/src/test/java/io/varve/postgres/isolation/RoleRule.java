package io.varve.postgres.isolation;

/** What roles are, and what surrounds them. */
enum RoleRule implements Rule {
  NO_ROLE_IS_POWERFUL(
      """
      select rolname from pg_roles r
       where (rolsuper or rolbypassrls or rolcreatedb or rolreplication)
         and (rolname = 'varve_owner' or exists (select from app_role a where a.oid = r.oid))
       union all
      select rolname from app_role where rolcreaterole
      """),

  ONLY_THE_LOGIN_LOGS_IN_AND_IT_INHERITS_NOTHING(
      """
      select rolname from app_role where rolinherit or rolcanlogin <> (rolname = 'varve_login')
      """),

  /** The login becomes a role and has nothing of it before; roles are in no other role. */
  MEMBERSHIP_IS_ONLY_TO_BECOME(
      """
      select m.member::regrole || ' in ' || m.roleid::regrole from pg_auth_members m
       where exists (select from app_role r where r.oid = m.member)
         and not (m.member = 'varve_login'::regrole and m.roleid::regrole::text ~ '^varve_' and m.roleid <> 'varve_owner'::regrole
                  and not m.inherit_option and m.set_option and not m.admin_option)
          or exists (select from app_role r where r.oid = m.roleid)
         and not (m.member = 'varve_login'::regrole
                  -- Who creates a role administers it.
                  or m.admin_option and not m.inherit_option and not m.set_option)
      """),

  NO_ROLE_OF_THE_APPLICATION_OWNS_ANYTHING(
      """
      select r.rolname || ' ' || d.classid::regclass || ' ' || d.objid from pg_shdepend d join app_role r on r.oid = d.refobjid
       where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o'
      """),

  NO_ROLE_BRINGS_SETTINGS_OR_MAY_SET_THE_SERVERS(
      """
      select s.setconfig::text from pg_db_role_setting s join app_role r on r.oid = s.setrole
       union all
      select s.setconfig::text from pg_db_role_setting s, unnest(s.setconfig) one
       where s.setrole = 0 and one ~ '^(role|row_security|session_replication_role|varve\\.)'
       union all
      select p.parname from pg_parameter_acl p
      """),

  /** dblink, postgres_fdw and their like get around every rule here. */
  THERE_ARE_NO_EXTENSIONS_SERVERS_OR_PUBLICATIONS(
      """
      select extname from pg_extension where extname <> 'plpgsql'
       union all
      select srvname from pg_foreign_server
       union all
      select pubname from pg_publication
       union all
      select evtname from pg_event_trigger
      """);

  private final String sql;

  RoleRule(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
