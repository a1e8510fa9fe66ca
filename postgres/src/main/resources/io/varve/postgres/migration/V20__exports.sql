call ops.create_document_table('export');
alter table read.export
  add status text collate "C" generated always as (doc ->> 'status') stored;

-- What is to be made and what is there to be let go are questions across tenants.
create index claim_of_export on ledger.claim (tenant_id) where kind in ('export.pending', 'export.kept');

-- Who makes an export, and how far that has got. What there is to make is in the ledger: a row that is lost costs nothing.
create table ops.export_job (
  tenant_id uuid        not null,
  id        uuid        not null,
  owner     uuid        not null,
  until     timestamptz not null,
  done      bigint      not null default 0,
  total     bigint      not null default 0,
  primary key (tenant_id, id)
);
call ops.protect('ops.export_job');
grant select on ops.export_job to varve_query;
grant select, insert, update (owner, until, done, total), delete on ops.export_job to varve_projector;
create policy projector_reads on ops.export_job for select to varve_projector using (true);
create policy projector_writes on ops.export_job to varve_projector
  using (tenant_id in (
    select cast(t as uuid) from unnest(string_to_array(nullif(current_setting('varve.tenant_ids', true), ''), ',')) t));
