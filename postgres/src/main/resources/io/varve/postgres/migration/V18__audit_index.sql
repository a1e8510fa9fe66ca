-- Which events of a tenant have a term (who, what, a word, …), by the term's hash: for every 1,024 numbers that have it in
-- them a row, found by equality alone, which may go below the policies' barrier. How the numbers are written is said where
-- they are (NumberBlock). A row of numbers grows until its block is full.
create table read.audit_index (
  tenant_id uuid    not null,
  key       bigint  not null,
  block     integer not null,
  numbers   bytea   not null,
  primary key (tenant_id, key, block)
) with (fillfactor = 90);
call ops.publish('read.audit_index');

-- How far the index of each tenant has got.
create table read.audit_progress (
  tenant_id uuid   primary key,
  number    bigint not null
) with (fillfactor = 50);
call ops.publish('read.audit_progress');

-- As before, but for what does not depend on how events fold.
create or replace procedure ops.empty_read_models()
language plpgsql
set search_path = pg_catalog
as $$
declare
  models text := (
    select string_agg(oid::regclass::text, ', ')
      from pg_class
     where relnamespace = 'read'::regnamespace and relkind = 'r' and relname not in ('audit_index', 'audit_progress'));
begin
  execute 'truncate ' || models;
  delete from ops.token where processor = 'read-models';
end
$$;

-- Who follows the audit trail, over all nodes: each of a person's slots is somebody's until it expires.
create table ops.audit_stream (
  tenant_id uuid        not null,
  user_id   uuid        not null,
  slot      integer     not null,
  lease     uuid        not null,
  expires   timestamptz not null,
  primary key (tenant_id, user_id, slot)
);
call ops.protect('ops.audit_stream');
call ops.expire('ops.audit_stream');
grant select, insert, update (lease, expires) on ops.audit_stream to varve_access;
