call ops.create_document_table('session');
alter table read.session
  add "user" uuid generated always as ((doc ->> 'user')::uuid) stored,
  add status text collate "C" generated always as (doc ->> 'status') stored;
create index on read.session (tenant_id, "user", id);

call ops.create_document_table('api-key');
alter table read."api-key"
  add name   text collate "C" generated always as (ops.folded(doc ->> 'name')) stored,
  add maker  uuid generated always as ((doc ->> 'maker')::uuid) stored,
  add use    text collate "C" generated always as (doc ->> 'use') stored,
  add status text collate "C" generated always as (doc ->> 'status') stored;
create index on read."api-key" (tenant_id, name, id);

-- What tells the secret of an API key from any other, and when it was last used, which is no event.
create table ops.key_secret (
  tenant_id      uuid    not null,
  id             uuid    not null,
  pepper_version integer not null,
  hash           bytea   not null,
  last_used      timestamptz,
  primary key (tenant_id, id)
);
call ops.protect('ops.key_secret');
grant select, insert, update (pepper_version, hash, last_used) on ops.key_secret to varve_access;

call ops.create_document_table('provider');
alter table read.provider
  add name   text collate "C" generated always as (ops.folded(doc ->> 'name')) stored,
  add status text collate "C" generated always as (doc ->> 'status') stored;
create index on read.provider (tenant_id, name, id);

call ops.create_document_table('notice');
alter table read.notice
  add kind text collate "C" generated always as (doc ->> 'kind') stored;
create index on read.notice (tenant_id, kind, id);

-- How often the same misuse by the same actor has come up in a window, until that is noted in the ledger: the first of them
-- at once, the others together after the window's end. The identifiers of both notices are fixed from the beginning.
create table ops.tally (
  tenant_id    uuid        not null,
  first_notice uuid        not null default uuidv7(),
  rest_notice  uuid        not null,
  ends         timestamptz not null,
  kind         text        not null collate "C",
  misuse       text        not null collate "C",
  actor        text        not null collate "C",
  impersonator text        collate "C",
  at           timestamptz not null,
  more         bigint      not null default 0,
  more_from    timestamptz,
  more_to      timestamptz,
  primary key (tenant_id, first_notice),
  unique nulls not distinct (tenant_id, ends, kind, misuse, actor, impersonator)
);
create index on ops.tally (ends);
call ops.protect('ops.tally');
grant select, insert, update (more, more_from, more_to) on ops.tally to varve_access;
grant select, delete on ops.tally to varve_projector;
create policy projector_reads on ops.tally for select to varve_projector using (true);
create policy projector_purges on ops.tally for delete to varve_projector
  using (tenant_id in (
    select cast(t as uuid) from unnest(string_to_array(nullif(current_setting('varve.tenant_ids', true), ''), ',')) t));
