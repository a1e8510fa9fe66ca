-- Sign-ins that have gone to an identity provider and are not back yet. Of what the browser brings back only hashes.
create table ops.oidc_sign_in (
  tenant_id   uuid        not null,
  state       bytea       not null,
  browser     bytea       not null,
  provider_id uuid        not null,
  nonce       text        not null,
  verifier    text        not null,
  destination text        not null,
  expires     timestamptz not null,
  used        timestamptz,
  primary key (tenant_id, state)
);
call ops.protect('ops.oidc_sign_in');
call ops.expire('ops.oidc_sign_in');
grant select, insert, update (used) on ops.oidc_sign_in to varve_access;
