-- Users have fields that their documents lack.
call ops.empty_read_models();

-- What a directory finds users by. Both are keyed hashes: the address and what the directory calls the user are encrypted.
alter table read."user"
  add email_hash       text collate "C" generated always as (doc ->> 'emailHash') stored,
  add external_id_hash text collate "C" generated always as (doc ->> 'externalIdHash') stored,
  add deprovisioned    boolean generated always as ((doc ->> 'deprovisioned')::boolean) stored;
create index on read."user" (tenant_id, email_hash);
create index on read."user" (tenant_id, external_id_hash);
create index on read."group" (tenant_id, external_id);
