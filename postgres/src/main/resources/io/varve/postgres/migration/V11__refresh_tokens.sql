-- Rows of tenants that are of no use once they have expired: whoever purges sees whose they are and until when they were
-- good, and deletes those of the tenants that it names.
create procedure ops.expire(relation regclass)
language plpgsql
set search_path = pg_catalog
as $$
begin
  execute format('create index on %s (expires)', relation);
  execute format('grant select (tenant_id, expires), delete on %s to varve_projector', relation);
  execute format('create policy projector_reads on %s for select to varve_projector using (true)', relation);
  execute format(
    'create policy projector_purges on %s for delete to varve_projector
       using (tenant_id in (
         select cast(t as uuid) from unnest(string_to_array(nullif(current_setting(''varve.tenant_ids'', true), ''''), '','')) t))',
    relation);
end
$$;

-- Of each token only its hash; those that were used stay until they expire, so that a second use is recognised.
create table ops.refresh_token (
  tenant_id  uuid        not null,
  session_id uuid        not null,
  hash       text        not null collate "C",
  user_id    uuid        not null,
  expires    timestamptz not null,
  used       timestamptz,
  primary key (tenant_id, session_id, hash)
);
call ops.protect('ops.refresh_token');
call ops.expire('ops.refresh_token');
grant select, insert, update (used) on ops.refresh_token to varve_access;
