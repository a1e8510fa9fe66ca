-- The answer that a write got under its idempotency key, stored in the transaction of its events.
create table ops.idempotency (
  tenant_id    uuid        not null,
  actor_id     uuid        not null,
  key          text        not null collate "C",
  request_hash bytea       not null,
  number       bigint,
  answer       text        not null,
  at           timestamptz not null,
  primary key (tenant_id, actor_id, key)
);
call ops.protect('ops.idempotency');
create index on ops.idempotency (at);
grant select, insert, delete on ops.idempotency to varve_ledger;
grant select on ops.idempotency to varve_command;
create policy writer on ops.idempotency to varve_ledger using (true) with check (true);

-- A state folded up to a sequence, so that a long stream need not be read from its start. Derived, and thrown away when
-- the fold's revision changes.
create table ops.snapshot (
  tenant_id uuid    not null,
  id        uuid    not null,
  sequence  bigint  not null,
  stream    text    not null collate "C",
  revision  integer not null,
  state     text    not null,
  primary key (tenant_id, id)
);
call ops.protect('ops.snapshot');
-- Not by table: that would let a caller's transaction lock the whole table against all tenants.
grant select, insert, update (sequence, stream, revision, state) on ops.snapshot to varve_command;

-- Keys, each wrapped by the one above it: subject key, tenant key, key-encryption key (a file, never here).
create table ops.tenant_key (
  tenant_id   uuid    primary key,
  kek_version integer not null,
  wrapped     bytea   not null
);
call ops.protect('ops.tenant_key');
create table ops.subject_key (
  tenant_id  uuid  not null references ops.tenant_key,
  subject_id uuid  not null,
  wrapped    bytea not null,
  primary key (tenant_id, subject_id)
);
call ops.protect('ops.subject_key');
-- Credentials and password hashes; events refer to them by id.
create table ops.secret (
  tenant_id uuid  not null references ops.tenant_key,
  id        uuid  not null,
  sealed    bytea not null,
  primary key (tenant_id, id)
);
call ops.protect('ops.secret');
grant select, insert on ops.tenant_key, ops.subject_key, ops.secret to varve_vault;
grant delete on ops.secret to varve_vault;

-- How far each segment of each processor has got, and who works on it.
create table ops.token (
  processor  text        not null collate "C",
  segment    integer     not null,
  mask       integer     not null,
  token      text,
  token_type text        collate "C",
  owner      text,
  at         timestamptz not null,
  primary key (processor, segment)
);
grant select, insert, update, delete on ops.token to varve_projector;
