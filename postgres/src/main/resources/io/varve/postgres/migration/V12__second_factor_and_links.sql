-- Secrets that users have been shown and have not yet proved to have; the vault holds them. None once that is proved, or
-- no longer possible.
create table ops.totp_enrolment (
  tenant_id uuid        not null,
  user_id   uuid        not null,
  totp      uuid,
  expires   timestamptz not null,
  primary key (tenant_id, user_id)
);
call ops.protect('ops.totp_enrolment');
grant select, insert, update (totp, expires) on ops.totp_enrolment to varve_access;

-- The last step of time of which a code of a secret was used: that one and all before it are used up.
create table ops.totp_use (
  tenant_id uuid   not null,
  totp      uuid   not null,
  step      bigint not null,
  primary key (tenant_id, totp)
);
call ops.protect('ops.totp_use');
grant select, insert, update (step) on ops.totp_use to varve_access;

-- Keyed hashes of the recovery codes that each user has left. One row for all of them: to use one is to update it, so of
-- many who come with the same code one finds it.
create table ops.recovery_code (
  tenant_id uuid   not null,
  user_id   uuid   not null,
  hashes    text[] not null collate "C",
  primary key (tenant_id, user_id)
);
call ops.protect('ops.recovery_code');
grant select, insert, update (hashes) on ops.recovery_code to varve_access;

-- The last link by which each user can set a password, as a hash: a new one takes the place of the one before.
create table ops.link (
  tenant_id uuid        not null,
  user_id   uuid        not null,
  hash      text        not null collate "C",
  made      timestamptz not null,
  expires   timestamptz not null,
  used      timestamptz,
  primary key (tenant_id, user_id)
);
call ops.protect('ops.link');
grant select, insert, update (hash, made, expires, used) on ops.link to varve_access;
