-- Keys of the installation's own, each for one purpose, wrapped by the key of the platform's tenant.
create table ops.purpose_key (
  tenant_id uuid  not null references ops.tenant_key,
  purpose   text  not null collate "C",
  wrapped   bytea not null,
  primary key (tenant_id, purpose)
);
call ops.protect('ops.purpose_key');
grant select, insert on ops.purpose_key to varve_vault;

-- A new version of the key-encryption key wraps the tenants' keys anew. Who has yet to be wrapped is a question across
-- tenants, so the projector asks it: it sees tenants and versions, and no key.
grant update (kek_version, wrapped) on ops.tenant_key to varve_vault;
grant select (tenant_id, kek_version) on ops.tenant_key to varve_projector;
create policy projector on ops.tenant_key for select to varve_projector using (true);
create index on ops.tenant_key (kek_version, tenant_id);
