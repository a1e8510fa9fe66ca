-- What decides who a request is, other than events: refresh tokens, hashes of keys and of one-time codes.
do $$
begin
  if not exists (select from pg_roles where rolname = 'varve_access') then
    create role varve_access nologin noinherit nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
  grant varve_access to varve_login with inherit false, set true, admin false;
end
$$;
grant usage on schema ops to varve_access;

-- As before, with the new role under the floor.
create or replace procedure ops.protect(relation regclass)
language plpgsql
set search_path = pg_catalog
as $$
begin
  execute format('alter table %s enable row level security', relation);
  execute format('alter table %s force row level security', relation);
  execute format(
    'create policy floor on %s as restrictive to varve_command, varve_query, varve_vault, varve_access
       using (tenant_id = (select nullif(current_setting(''varve.tenant_id'', true), '''')::uuid))', relation);
  execute format(
    'create policy tenant on %s to varve_command, varve_query, varve_vault, varve_access
       using (tenant_id = (select nullif(current_setting(''varve.tenant_id'', true), '''')::uuid))', relation);
end
$$;

call ops.create_document_table('carrier');
alter table read.carrier
  add name text collate "C" generated always as (ops.folded(doc ->> 'name')) stored;
create index on read.carrier (tenant_id, name, id);
