-- The one row that orders every append of every node: its lock is held from the first write of a group until its commit,
-- so positions and numbers are dense, and none becomes visible before those below it.
create table ledger.head (
  one         boolean primary key default true check (one),
  position    bigint      not null default 0,
  at          timestamptz not null default '-infinity',
  platform_id uuid        not null default uuidv7()
);
insert into ledger.head default values;
grant select, update (position, at) on ledger.head to varve_ledger;
grant select on ledger.head to varve_projector;
-- How much all tenants together write is nobody's business.
grant select (platform_id) on ledger.head to varve_command, varve_query;

-- How many events each tenant has, and whether it may have more. Whoever appends locks the row, so that nothing slips in
-- after the event that closes the tenant.
create table ledger.counter (
  tenant_id uuid    primary key,
  number    bigint  not null check (number > 0),
  closed    boolean not null default false
);
call ops.protect('ledger.counter');
grant select, insert, update (number, closed) on ledger.counter to varve_ledger;
grant select on ledger.counter to varve_command, varve_query, varve_projector;
create policy writer on ledger.counter to varve_ledger using (true) with check (true);
create policy projector on ledger.counter for select to varve_projector using (true);

create table ledger.event (
  position          bigint      not null,
  tenant_id         uuid        not null,
  number            bigint      not null check (number > 0),
  stream            text        not null collate "C",
  id                uuid        not null,
  sequence          bigint      not null check (sequence >= 0),
  event_id          uuid        not null,
  type              text        not null collate "C",
  revision          integer     not null check (revision > 0),
  at                timestamptz not null,
  actor_kind        text        not null collate "C",
  actor_id          uuid        not null,
  impersonator_kind text        collate "C",
  impersonator_id   uuid,
  request           text        collate "C",
  payload           json        not null,
  provenance        json        not null,
  primary key (tenant_id, number),
  unique (tenant_id, id, sequence),
  unique (position),
  unique (event_id)
);
call ops.protect('ledger.event');
-- Not by table: that would let OVERRIDING and later columns in.
grant insert (
  position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
  actor_kind, actor_id, impersonator_kind, impersonator_id, request, payload, provenance
) on ledger.event to varve_ledger;
grant select on ledger.event to varve_command, varve_query, varve_projector;
create policy writer on ledger.event for insert to varve_ledger with check (true);
create policy projector on ledger.event for select to varve_projector using (true);

create function ledger.refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  raise exception 'the ledger is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
end
$$;
-- By statement, so that it refuses even what row-level security would have left without a row to touch.
create trigger append_only before update or delete or truncate on ledger.event
  for each statement execute function ledger.refuse_change();
-- In a session that plays replica, too.
alter table ledger.event enable always trigger append_only;

-- A value that only one stream may hold, within its tenant or, under the platform's own id, within the platform.
create table ledger.claim (
  tenant_id     uuid not null,
  kind          text not null collate "C",
  value         text not null collate "C",
  holder_tenant uuid not null,
  holder_id     uuid not null,
  primary key (tenant_id, kind, value)
);
call ops.protect('ledger.claim');
grant select, insert, delete on ledger.claim to varve_ledger;
grant select on ledger.claim to varve_command, varve_query;
create policy writer on ledger.claim to varve_ledger using (true) with check (true);
