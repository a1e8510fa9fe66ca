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
