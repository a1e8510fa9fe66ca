-- What every login may do on a PostgreSQL as it is installed, and no login of ours may. Only a superuser can take it away.
do $$
declare
  owner    regrole := (select datdba from pg_database where datname = current_database());
  exposed  regprocedure;
begin
  for exposed in
    select oid
      from pg_proc
     where pronamespace = 'pg_catalog'::regnamespace
       -- Reaches into other sessions, or shows what they do and hold.
       and (proname ~ '^(pg_advisory|pg_try_advisory|pg_stat_reset|pg_stat_get_)'
            or proname in ('pg_cancel_backend', 'pg_terminate_backend', 'pg_lock_status', 'pg_log_backend_memory_contexts',
                           'pg_blocking_pids', 'pg_safe_snapshot_blocking_pids', 'pg_isolation_test_session_is_blocked',
                           'pg_prepared_xact', 'pg_export_snapshot', 'pg_get_replication_slots')
            -- Tells how much all tenants together have written.
            or proname ~ '^pg_current_wal_'
            or proname in ('pg_relation_size', 'pg_table_size', 'pg_indexes_size', 'pg_total_relation_size',
                           'pg_database_size', 'pg_tablespace_size')
            -- Keeps what no policy covers.
            or proname ~ '^lo_'
            or proname in ('loread', 'lowrite', 'pg_logical_emit_message')
            -- Takes another role or tenant from within an expression.
            or proname = 'set_config')
  loop
    execute format('revoke execute on function %s from public', exposed);
    if exposed::text ~ 'advisory|stat_get|_size' then
      execute format('grant execute on function %s to %s', exposed, owner);
    end if;
  end loop;

  -- The login takes a scope with it; the role that it becomes by that cannot take a second one. Migrations pass it on,
  -- for the login need not be there yet.
  execute format('grant execute on function set_config to %s with grant option', owner);
  if exists (select from pg_roles where rolname = 'varve_login') then
    grant execute on function set_config to varve_login;
  end if;

  -- No loops and no caught errors (DO) for someone who has found a way to send SQL.
  revoke usage on language plpgsql, sql from public;
  execute format('grant usage on language plpgsql, sql to %s', owner);
end
$$;
