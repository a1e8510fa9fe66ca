package io.varve.postgres.isolation;

/** What row-level policies say. */
enum PolicyRule implements Rule {
  /** Permissive policies are OR-ed; only a restrictive one holds whatever comes later. */
  EVERY_REQUEST_ROLE_STANDS_ON_A_FLOOR(
      """
      select t.oid::regclass || ' ' || r.rolname from tenant_table t, app_role r
       where r.request
         and exists (select from relation_grant g where g.relation = t.oid and g.grantee = r.oid)
         and not exists (
           select from pg_policy p
            where p.polrelid = t.oid and not p.polpermissive and p.polcmd = '*' and r.oid = any (p.polroles))
      """),

  /**
   * A tenant is compared as a uuid, with a setting that is read once per statement. A new form is
   * added here by whoever has looked at its plans.
   */
  A_POLICY_HAS_A_KNOWN_FORM(
      """
      select p.polrelid::regclass || ' ' || p.polname
        from pg_policy p,
             unnest(array[pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)]) as raw,
             regexp_replace(raw, '\\s+', ' ', 'g') as said
       where said <> '(tenant_id = ( SELECT (NULLIF(current_setting(''varve.tenant_id''::text, true), ''''::text))::uuid AS "nullif"))'
         and (said not in (
                'true',
                '(tenant_id IN ( SELECT (t.t)::uuid AS t FROM unnest(string_to_array(NULLIF(current_setting(''varve.tenant_ids''::text, true), ''''::text), '',''::text)) t(t)))')
              or exists (select from app_role r where r.request and r.oid = any (p.polroles)))
      """),

  A_POLICY_NAMES_ITS_ROLES(
      """
      select polrelid::regclass || ' ' || polname from pg_policy where 0 = any (polroles)
      """),

  /** The one role that works for all tenants and writes what they read. */
  THE_PROJECTOR_WRITES_ONLY_FOR_THE_TENANTS_THAT_IT_NAMES(
      """
      select p.polrelid::regclass || ' ' || p.polname from pg_policy p
       where 'varve_projector'::regrole = any (p.polroles) and p.polcmd <> 'r'
         and 'true' in (pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
      """);

  private final String sql;

  PolicyRule(String sql) {
    this.sql = sql;
  }

  @Override
  public String sql() {
    return sql;
  }
}
