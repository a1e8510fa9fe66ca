-- Tenants and users have fields that their documents lack.
call ops.empty_read_models();

call ops.create_document_table('hold');
alter table read.hold
  add matter text collate "C" generated always as (doc ->> 'matter') stored,
  add status text collate "C" generated always as (
    case when doc ? 'released' then 'released' when doc ? 'asked' then 'release-asked' else 'standing' end) stored;
create index on read.hold (tenant_id, matter, id);

call ops.create_document_table('erasure');
alter table read.erasure
  add subject uuid generated always as ((doc ->> 'subject')::uuid) stored,
  add status  text collate "C" generated always as (doc ->> 'status') stored;

-- A tenant in which a hold stands is not closed. Asked at the end of the transaction: of two commands in one group, one that
-- places a hold and one that closes the tenant, both are refused then, and what comes first alone wins. Whoever closes a
-- tenant or takes a claim holds the lock of ledger.head, so nobody else does either meanwhile.
create function ledger.keep_what_is_held() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  if exists (select from ledger.claim where tenant_id = new.tenant_id and kind = 'hold.standing') then
    raise exception 'a legal hold stands' using errcode = 'restrict_violation', constraint = 'counter_held';
  end if;
  return null;
end
$$;
create constraint trigger held after insert or update on ledger.counter
  deferrable initially deferred
  for each row when (new.closed) execute function ledger.keep_what_is_held();

-- What has been approved and is not done yet, and whether all of a tenant is held, are questions across tenants.
create index claim_of_approved_erasure on ledger.claim (tenant_id) where kind = 'erasure.approved';
grant select (tenant_id, kind, value) on ledger.claim to varve_projector;
create policy projector on ledger.claim for select to varve_projector using (true);

-- A destroyed key leaves its row, so that the subject never has another. Nobody may take that back.
alter table ops.subject_key
  alter wrapped drop not null,
  add erased timestamptz,
  add check ((wrapped is null) = (erased is not null));
alter table ops.tenant_key
  alter wrapped drop not null,
  alter kek_version drop not null,
  add erased timestamptz,
  add check ((wrapped is null) = (erased is not null) and (kek_version is null) = (erased is not null));
grant update (wrapped, erased) on ops.subject_key to varve_vault;
grant update (erased) on ops.tenant_key to varve_vault;

create function ops.stay_erased() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  raise exception 'a destroyed key stays destroyed' using errcode = 'restrict_violation';
end
$$;
create trigger stay_erased before update on ops.subject_key
  for each row when (old.erased is distinct from new.erased and old.erased is not null or old.wrapped is null)
  execute function ops.stay_erased();
create trigger stay_erased before update on ops.tenant_key
  for each row when (old.erased is distinct from new.erased and old.erased is not null or old.wrapped is null)
  execute function ops.stay_erased();

-- Rows about a person go with the person: whoever deletes them sees whose they are, and no more.
create procedure ops.forget(relation regclass, variadic keys name[])
language plpgsql
set search_path = pg_catalog
as $$
begin
  execute format('grant select (tenant_id, %s), delete on %s to varve_projector',
                 (select string_agg(quote_ident(key), ', ') from unnest(keys) key), relation);
  if not exists (select from pg_policy where polrelid = relation and polname = 'projector_purges') then
    execute format('create policy projector_reads on %s for select to varve_projector using (true)', relation);
    execute format(
      'create policy projector_purges on %s for delete to varve_projector
         using (tenant_id in (
           select cast(t as uuid) from unnest(string_to_array(nullif(current_setting(''varve.tenant_ids'', true), ''''), '','')) t))',
      relation);
  end if;
end
$$;
call ops.forget('ops.refresh_token', 'user_id');
call ops.forget('ops.totp_enrolment', 'user_id');
call ops.forget('ops.totp_use', 'totp');
call ops.forget('ops.recovery_code', 'user_id');
call ops.forget('ops.link', 'user_id');
call ops.forget('ops.key_secret', 'id');

-- Whose keys are somebody's: few of the ledger's events, and asked for together.
create index event_of_issued_key on ledger.event (tenant_id) where type = 'api-key.issued';

-- How long an answer is remembered is the tenant's to say, and a hold on all of it keeps them.
call ops.forget('ops.idempotency', 'at');
