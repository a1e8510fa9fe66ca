-- What clients have used of their limits, over all nodes. No tenant: most of it is counted before anybody knows who asks.
-- The name is a keyed hash of the limit and of an address or a tenant. Unlogged, as after a crash it may begin anew.
create unlogged table ops.bucket (
  id      text        primary key collate "C",
  state   bytea       not null,
  expires timestamptz not null
);
create index on ops.bucket (expires);
-- Not by table: that would let one request lock the table against all others.
grant select, insert, update (state, expires) on ops.bucket to varve_access;
grant select, delete on ops.bucket to varve_projector;

-- Failed attempts to sign in, by account and place, both as keyed hashes. No tenant: accounts that do not exist are
-- counted just like those that do. The place '' stands for all from which nobody has signed in to the account lately.
create table ops.sign_in_attempt (
  account      text        not null collate "C",
  place        text        not null collate "C",
  failures     integer     not null,
  last_failure timestamptz,
  until        timestamptz,
  succeeded    timestamptz,
  changed      timestamptz not null,
  primary key (account, place)
);
create index on ops.sign_in_attempt (changed);
grant select, insert, update (failures, last_failure, until, succeeded, changed) on ops.sign_in_attempt to varve_access;
grant select, delete on ops.sign_in_attempt to varve_projector;
