-- What every login may do on a PostgreSQL as it is installed, and no login of ours may: reach into other sessions, take
-- advisory locks, reset or read other sessions' statistics, and keep large objects. Only a superuser can take it away.
do $$
declare
  owner    regrole := (select datdba from pg_database where datname = current_database());
  exposed  regprocedure;
begin
  for exposed in
    select oid
      from pg_proc
     where pronamespace = 'pg_catalog'::regnamespace
       and (proname ~ '^(pg_advisory|pg_try_advisory|pg_stat_reset|lo_|pg_stat_get_backend_)'
            or proname in ('pg_cancel_backend', 'pg_terminate_backend', 'pg_stat_get_activity', 'pg_lock_status',
                           'loread', 'lowrite', 'lo_import', 'lo_export', 'pg_log_backend_memory_contexts'))
  loop
    execute format('revoke execute on function %s from public', exposed);
    if exposed::text ~ 'advisory' then
      execute format('grant execute on function %s to %s', exposed, owner);
    end if;
  end loop;
end
$$;
