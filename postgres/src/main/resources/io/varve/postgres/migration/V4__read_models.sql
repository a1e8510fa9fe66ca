-- A read model's table: readable by its tenant alone; written by the projector, and only for the tenants whose events it
-- says it is working on.
create procedure ops.publish(relation regclass)
language plpgsql
set search_path = pg_catalog
as $$
begin
  call ops.protect(relation);
  execute format('grant select on %s to varve_query', relation);
  execute format('grant select, insert, update, delete on %s to varve_projector', relation);
  execute format('create policy projector_reads on %s for select to varve_projector using (true)', relation);
  execute format(
    'create policy projector_writes on %s to varve_projector
       using (tenant_id = any ((select string_to_array(nullif(current_setting(''varve.tenant_ids'', true), ''''), '','')::uuid[])::uuid[]))',
    relation);
end
$$;

-- The table of one stream's documents. A document is exactly the fold of its stream; columns to filter and sort on are
-- generated from it by the migration that adds the stream.
create procedure ops.create_document_table(stream text)
language plpgsql
set search_path = pg_catalog
as $$
begin
  execute format(
    'create table read.%I (
       tenant_id uuid        not null,
       id        uuid        not null,
       sequence  bigint      not null,
       number    bigint      not null,
       position  bigint      not null,
       created   timestamptz not null,
       at        timestamptz not null,
       doc       jsonb       not null,
       primary key (tenant_id, id)
     ) with (fillfactor = 85)', stream);
  call ops.publish(format('read.%I', stream)::regclass);
end
$$;

call ops.create_document_table('risk');
alter table read.risk
  add title      text collate "C" generated always as (doc ->> 'title') stored,
  add category   text collate "C" generated always as (doc ->> 'category') stored,
  add status     text collate "C" generated always as (doc ->> 'status') stored,
  add treatment  text collate "C" generated always as (doc ->> 'treatment') stored,
  add likelihood smallint generated always as ((doc ->> 'likelihood')::smallint) stored,
  add impact     smallint generated always as ((doc ->> 'impact')::smallint) stored;
