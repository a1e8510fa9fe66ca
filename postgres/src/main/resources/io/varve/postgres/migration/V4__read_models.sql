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
  -- A hashed subquery: a batch may be of a thousand tenants, and an array would be searched for every row.
  execute format(
    'create policy projector_writes on %s to varve_projector
       using (tenant_id in (
         select cast(t as uuid) from unnest(string_to_array(nullif(current_setting(''varve.tenant_ids'', true), ''''), '','')) t))',
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
     ) with (fillfactor = 70)', stream);
  call ops.publish(format('read.%I', stream)::regclass);
end
$$;

-- Columns to filter and sort on. Text to sort on is folded to one case. Nothing that changes with every event is indexed, so
-- that most updates stay within their page (HOT) and touch no index; `id` is a UUID version 7, so the primary key is the
-- order of creation. Indexes use types whose comparison is leakproof (no numeric): others cannot pass the policies' barrier.
create function ops.folded(text) returns text
language sql immutable strict parallel safe
return lower($1 collate pg_c_utf8) collate "C";
grant execute on function ops.folded(text) to varve_projector, varve_query;
grant usage on schema ops to varve_query;

call ops.create_document_table('platform');

call ops.create_document_table('organization');
alter table read.organization
  add name text collate "C" generated always as (ops.folded(doc ->> 'name')) stored,
  add kind text collate "C" generated always as (doc ->> 'kind') stored;
create index on read.organization (tenant_id, name, id);

call ops.create_document_table('tenant');
alter table read.tenant
  add name         text collate "C" generated always as (ops.folded(doc ->> 'name')) stored,
  add organization uuid generated always as ((doc ->> 'organization')::uuid) stored,
  add industry     text collate "C" generated always as (doc ->> 'industry') stored,
  add size         text collate "C" generated always as (doc ->> 'size') stored,
  add status       text collate "C" generated always as (doc ->> 'status') stored;
create index on read.tenant (tenant_id, name, id);

-- Names and addresses of people are encrypted: there is nothing to sort on.
call ops.create_document_table('user');
alter table read."user"
  add role   text collate "C" generated always as (doc ->> 'role') stored,
  add status text collate "C" generated always as (doc ->> 'status') stored;

call ops.create_document_table('source');
alter table read.source
  add name     text collate "C" generated always as (ops.folded(doc ->> 'name')) stored,
  add kind     text collate "C" generated always as (doc ->> 'kind') stored,
  add vendor   uuid generated always as ((doc ->> 'vendor')::uuid) stored,
  add schedule text collate "C" generated always as (doc ->> 'schedule') stored,
  add state    text collate "C" generated always as (doc ->> 'state') stored;
create index on read.source (tenant_id, name, id);

call ops.create_document_table('kri');
alter table read.kri
  add slug        text collate "C" generated always as (doc ->> 'slug') stored,
  add name        text collate "C" generated always as (ops.folded(doc ->> 'name')) stored,
  add source      uuid generated always as ((doc ->> 'source')::uuid) stored,
  add outcome     uuid generated always as ((doc ->> 'outcome')::uuid) stored,
  add linked      boolean generated always as (jsonb_array_length(doc -> 'risks') > 0 or doc ? 'outcome') stored,
  -- When the current value was observed: from the projection, as no cast from text to a time is immutable.
  add observed_at timestamptz,
  -- What that value means: from the projection, as the rule is the model's. From the best (0) to the worst (3).
  add colour      smallint not null check (colour between 0 and 3);
create index on read.kri (tenant_id, slug, id);
create index on read.kri (tenant_id, name, id);
create index on read.kri (tenant_id, colour, id);

call ops.create_document_table('control');
alter table read.control
  add slug          text collate "C" generated always as (doc ->> 'slug') stored,
  add title         text collate "C" generated always as (ops.folded(doc ->> 'title')) stored,
  add framework     text collate "C" generated always as (doc ->> 'framework') stored,
  add owner         uuid generated always as ((doc ->> 'owner')::uuid) stored,
  add status        text collate "C" generated always as (doc ->> 'status') stored,
  add effectiveness numeric generated always as ((doc ->> 'effectiveness')::numeric) stored;
create index on read.control (tenant_id, slug, id);
create index on read.control (tenant_id, title, id);

call ops.create_document_table('risk');
alter table read.risk
  add title      text collate "C" generated always as (ops.folded(doc ->> 'title')) stored,
  add category   text collate "C" generated always as (doc ->> 'category') stored,
  add owner      uuid generated always as ((doc ->> 'owner')::uuid) stored,
  add status     text collate "C" generated always as (doc ->> 'status') stored,
  add treatment  text collate "C" generated always as (doc ->> 'treatment') stored,
  add likelihood smallint generated always as ((doc ->> 'likelihood')::smallint) stored,
  add impact     smallint generated always as ((doc ->> 'impact')::smallint) stored;
create index on read.risk (tenant_id, title, id);

call ops.create_document_table('outcome');
alter table read.outcome
  add title text collate "C" generated always as (ops.folded(doc ->> 'title')) stored,
  add owner uuid generated always as ((doc ->> 'owner')::uuid) stored;
create index on read.outcome (tenant_id, title, id);

call ops.create_document_table('vendor');
alter table read.vendor
  add name     text collate "C" generated always as (ops.folded(doc ->> 'name')) stored,
  add category text collate "C" generated always as (doc ->> 'category') stored,
  add tier     smallint generated always as ((doc ->> 'tier')::smallint) stored,
  add owner    uuid generated always as ((doc ->> 'owner')::uuid) stored,
  add status   text collate "C" generated always as (doc ->> 'status') stored,
  add decision text collate "C" generated always as (doc ->> 'decision') stored;
create index on read.vendor (tenant_id, name, id);
