-- Each tenant's events, by their number, are the leaves of its Merkle tree (RFC 9162). A tree is kept in tiles (C2SP
-- tlog-tiles): 256 neighbouring hashes of 32 bytes, or fewer at the right edge. A hash of the tile level L is the root of the
-- perfect subtree over 256^L leaves. A full tile never changes.
create table ledger.tile (
  tenant_id uuid     not null,
  level     smallint not null check (level between 0 and 7),
  index     bigint   not null check (index >= 0),
  hashes    bytea    not null check (length(hashes) between 32 and 8192 and length(hashes) % 32 = 0),
  primary key (tenant_id, level, index)
);
-- Hashes cannot be compressed, and most tiles are never read again.
alter table ledger.tile alter hashes set storage external;
call ops.protect('ledger.tile');
grant select on ledger.tile to varve_query;
grant select, insert (tenant_id, level, index, hashes), update (hashes) on ledger.tile to varve_projector;
create policy projector_reads on ledger.tile for select to varve_projector using (true);
create policy projector_inserts on ledger.tile for insert to varve_projector
  with check (tenant_id in (
    select cast(t as uuid) from unnest(string_to_array(nullif(current_setting('varve.tenant_ids', true), ''), ',')) t));
create policy projector_updates on ledger.tile for update to varve_projector
  using (tenant_id in (
    select cast(t as uuid) from unnest(string_to_array(nullif(current_setting('varve.tenant_ids', true), ''), ',')) t));

-- What was signed of a tenant's tree: a note, whose bytes are a leaf of the log over all tenants.
create table ledger.checkpoint (
  tenant_id uuid        not null,
  size      bigint      not null check (size > 0),
  root      bytea       not null check (length(root) = 32),
  at        timestamptz not null,
  log_index bigint      not null check (log_index >= 0),
  note      text        not null collate "C",
  primary key (tenant_id, size),
  unique (log_index)
);
call ops.protect('ledger.checkpoint');
grant select on ledger.checkpoint to varve_query;
grant select, insert (tenant_id, size, root, at, log_index, note) on ledger.checkpoint to varve_projector;
create policy projector_reads on ledger.checkpoint for select to varve_projector using (true);
create policy projector_inserts on ledger.checkpoint for insert to varve_projector
  with check (tenant_id in (
    select cast(t as uuid) from unnest(string_to_array(nullif(current_setting('varve.tenant_ids', true), ''), ',')) t));

-- The tree of the log, of hashes alone: those of one tenant's notes are proved with those of the others'.
create table ledger.log_tile (
  level  smallint not null check (level between 0 and 7),
  index  bigint   not null check (index >= 0),
  hashes bytea    not null check (length(hashes) between 32 and 8192 and length(hashes) % 32 = 0),
  primary key (level, index)
);
alter table ledger.log_tile alter hashes set storage external;
grant select on ledger.log_tile to varve_query;
grant select, insert (level, index, hashes), update (hashes) on ledger.log_tile to varve_projector;

-- What was signed of the log, also when it had not grown. Everybody may have these.
create table ledger.log_checkpoint (
  number bigint      primary key check (number > 0),
  size   bigint      not null check (size >= 0),
  root   bytea       not null check (length(root) = 32),
  at     timestamptz not null,
  note   text        not null collate "C"
);
grant select on ledger.log_checkpoint to varve_query;
grant select, insert (number, size, root, at, note) on ledger.log_checkpoint to varve_projector;

-- The keys that sign, and what each signed together with its predecessor when it took over.
create table ledger.seal_key (
  version   integer     primary key check (version > 0),
  key       text        not null collate "C" unique,
  since     timestamptz not null,
  statement text        not null collate "C"
);
grant select on ledger.seal_key to varve_query;
grant select, insert (version, key, since, statement) on ledger.seal_key to varve_projector;

-- Nothing that was signed is ever changed.
create trigger append_only before update or delete or truncate on ledger.checkpoint
  for each statement execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.log_checkpoint
  for each statement execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.seal_key
  for each statement execute function ledger.refuse_change();
alter table ledger.checkpoint enable always trigger append_only;
alter table ledger.log_checkpoint enable always trigger append_only;
alter table ledger.seal_key enable always trigger append_only;

-- Up to where events are sealed, and by whom: one node at a time. Whoever seals updates the row in that transaction, so
-- that a node which has lost the lead can commit nothing.
create table ops.sealing (
  one      boolean primary key default true check (one),
  position bigint  not null default 0,
  owner    text    collate "C",
  until    timestamptz not null default '-infinity'
);
insert into ops.sealing default values;
grant select, update (position, owner, until) on ops.sealing to varve_projector;

-- How much of what was signed has been delivered to each place outside the database.
create table ops.seal_sink (
  name       text    primary key collate "C",
  key        integer not null default 0,
  checkpoint bigint  not null default 0
);
grant select, insert (name), update (key, checkpoint) on ops.seal_sink to varve_projector;
