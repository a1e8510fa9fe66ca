package io.varve.postgres.isolation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A rule of the catalog: a query for what breaks it, one line of text each. */
interface Rule {

  String name();

  String sql();

  static List<Rule> all() {
    return Stream.<Rule[]>of(
            TableRule.values(), PolicyRule.values(), PrivilegeRule.values(), RoleRule.values())
        .flatMap(Stream::of)
        .toList();
  }

  /** What breaks this rule; asked as a superuser whose session knows the vocabulary. */
  default List<String> violations(Connection superuser) throws SQLException {
    var found = new ArrayList<String>();
    try (Statement statement = superuser.createStatement();
        ResultSet rows = statement.executeQuery(sql())) {
      while (rows.next()) {
        found.add(name() + ": " + rows.getString(1));
      }
    }
    return found;
  }

  /**
   * What the rules speak of. A role that the login may become is a request's unless it is one of
   * the two that no request takes.
   */
  String VOCABULARY =
      """
      create or replace temporary view our_schema as
        select oid, nspname, nspowner, nspacl from pg_namespace
         where nspname !~ '^pg_' and nspname <> 'information_schema';
      create or replace temporary view our_relation as
        select c.* from pg_class c join our_schema n on n.oid = c.relnamespace;
      create or replace temporary view our_table as
        select * from our_relation where relkind in ('r', 'p');
      create or replace temporary view tenant_table as
        select c.*, a.attnum as tenant from our_table c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id';
      create or replace temporary view our_function as
        select p.* from pg_proc p join our_schema n on n.oid = p.pronamespace;
      create or replace temporary view app_role as
        select r.*, r.rolname not in ('varve_login', 'varve_ledger', 'varve_projector') as request
          from pg_roles r
         where r.rolname ~ '^varve_' and r.rolname <> 'varve_owner'
            or exists (select from pg_auth_members m where m.roleid = r.oid and m.member = to_regrole('varve_login'));
      create or replace temporary view relation_grant as
        select c.oid as relation, c.relnamespace, g.grantee, g.privilege_type as privilege, g.is_grantable, null as part
          from pg_class c, aclexplode(c.relacl) g where g.grantee <> c.relowner
         union all
        select c.oid, c.relnamespace, g.grantee, g.privilege_type, g.is_grantable, a.attname
          from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) g where g.grantee <> c.relowner;
      create or replace temporary view function_grant as
        select p.oid as function, p.pronamespace, g.grantee, g.is_grantable
          from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee <> p.proowner;
      """;
}
