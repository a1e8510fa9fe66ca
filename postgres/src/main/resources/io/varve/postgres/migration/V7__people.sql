-- For whoever changes what events fold into: all read models are emptied, and filled again from the ledger by the next
-- node that starts.
create procedure ops.empty_read_models()
language plpgsql
set search_path = pg_catalog
as $$
declare
  models text := (select string_agg(oid::regclass::text, ', ') from pg_class where relnamespace = 'read'::regnamespace and relkind = 'r');
begin
  execute 'truncate ' || models;
  delete from ops.token where processor = 'read-models';
end
$$;

-- Users, the platform, organizations, tenants and carriers have fields that their documents lack.
call ops.empty_read_models();

call ops.create_document_table('role');
alter table read.role
  add name   text collate "C" generated always as (ops.folded(doc ->> 'name')) stored,
  add status text collate "C" generated always as (doc ->> 'status') stored;
create index on read.role (tenant_id, name, id);

call ops.create_document_table('group');
alter table read."group"
  add name        text collate "C" generated always as (ops.folded(doc ->> 'name')) stored,
  add external_id text collate "C" generated always as (doc ->> 'externalId') stored,
  add status      text collate "C" generated always as (doc ->> 'status') stored;
create index on read."group" (tenant_id, name, id);

call ops.create_document_table('impersonation');
alter table read.impersonation
  add admin  uuid generated always as ((doc ->> 'admin')::uuid) stored,
  add "user" uuid generated always as ((doc ->> 'user')::uuid) stored,
  add status text collate "C" generated always as (doc ->> 'status') stored;

-- Administrators hold what nobody held before: an active one of a home claims its own id there. The owner is under the
-- policies, too, unless they are lifted.
alter table ledger.event no force row level security;
alter table ledger.claim no force row level security;
insert into ledger.claim (tenant_id, kind, value, holder_tenant, holder_id)
select tenant_id, 'user.admin', id::text, tenant_id, id
  from (select tenant_id, id,
               (array_agg(payload ->> 'role' order by sequence desc)
                  filter (where type in ('user.registered', 'user.role-assigned')))[1] as role,
               (array_agg(type order by sequence desc)
                  filter (where type in ('user.registered', 'user.enabled', 'user.disabled')))[1] as standing
          from ledger.event
         where stream = 'user'
         group by tenant_id, id) u
 where role in ('superadmin', 'master_admin', 'tenant_admin', 'carrier_admin')
   and standing <> 'user.disabled';
alter table ledger.event force row level security;
alter table ledger.claim force row level security;

-- The last administrator of a home cannot be taken from it. Whoever frees a claim holds the lock of ledger.head, so nobody
-- else frees another meanwhile; and claims are freed before any is taken, so a successor is appointed first.
create function ledger.keep_an_administrator() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  if not exists (select from ledger.claim where tenant_id = old.tenant_id and kind = 'user.admin') then
    raise exception 'the last administrator stays' using errcode = 'restrict_violation', constraint = 'claim_last_admin';
  end if;
  return null;
end
$$;
create trigger last_admin after delete on ledger.claim
  for each row when (old.kind = 'user.admin') execute function ledger.keep_an_administrator();
