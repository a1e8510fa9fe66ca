-- Roles belong to the server, not to the database, so they may be there already.
do $$
declare
  wanted text;
begin
  foreach wanted in array array[
    'varve_command', 'varve_ledger', 'varve_query', 'varve_projector', 'varve_vault', 'varve_platform', 'varve_carrier'
  ] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin noinherit nosuperuser nocreatedb nocreaterole nobypassrls', wanted);
    end if;
    -- The login may become each of them, and has nothing of theirs until it does.
    execute format('grant %I to varve_login with inherit false, set true, admin false', wanted);
  end loop;
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to varve_login', current_database());
  execute format('revoke create, usage on schema public from public');
exception
  when insufficient_privilege then
    raise exception 'The owner''s role cannot create roles or own this database. It needs CREATEROLE and to be the owner of the database.';
end
$$;

create schema ledger;
create schema ops;
create schema read;
create schema carrier;

grant usage on schema ledger to varve_command, varve_ledger, varve_query, varve_projector, varve_platform;
grant usage on schema ops to varve_command, varve_ledger, varve_projector, varve_vault;
grant usage on schema read to varve_query, varve_projector, varve_platform;
grant usage on schema carrier to varve_carrier, varve_projector;

-- What owner makes from here on is nobody else's until it is granted.
alter default privileges revoke execute on functions from public;
alter default privileges revoke usage on types from public;

-- Row-level security for a table with a tenant: enabled, forced, and with a floor that a later, careless policy cannot
-- widen. The setting is empty, not null, after a transaction that had set it, and a scalar subquery is evaluated once per
-- statement. Roles that work across tenants get a policy of their own.
create procedure ops.protect(relation regclass)
language plpgsql
set search_path = pg_catalog
as $$
begin
  execute format('alter table %s enable row level security', relation);
  execute format('alter table %s force row level security', relation);
  execute format(
    'create policy floor on %s as restrictive to varve_command, varve_query, varve_vault
       using (tenant_id = (select nullif(current_setting(''varve.tenant_id'', true), '''')::uuid))', relation);
  execute format(
    'create policy tenant on %s to varve_command, varve_query, varve_vault
       using (tenant_id = (select nullif(current_setting(''varve.tenant_id'', true), '''')::uuid))', relation);
end
$$;
