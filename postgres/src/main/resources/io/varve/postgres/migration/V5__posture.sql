-- Every value that a KRI ever had, in the order in which it had them.
create table read.kri_observation (
  tenant_id      uuid        not null,
  kri_id         uuid        not null,
  observed_at    timestamptz not null,
  observation_id uuid        not null,
  value          numeric     not null,
  source         uuid        not null,
  note           text,
  note_address   text,
  number         bigint      not null,
  at             timestamptz not null,
  primary key (tenant_id, kri_id, observed_at, observation_id)
);
call ops.publish('read.kri_observation');

-- Which documents of a stream link to a thing: the documents hold the links the other way round.
create table read.link (
  tenant_id uuid not null,
  target    uuid not null,
  stream    text not null collate "C",
  id        uuid not null,
  primary key (tenant_id, target, stream, id)
);
call ops.publish('read.link');

-- A risk's score with every term of it.
create table read.risk_posture (
  tenant_id  uuid     not null,
  id         uuid     not null,
  likelihood smallint not null,
  impact     smallint not null,
  inherent   smallint not null,
  mitigation numeric  not null,
  residual   numeric  not null,
  worst      text     collate "C",
  pressure   numeric  not null,
  current    numeric  not null,
  severity   text     not null collate "C",
  -- The score to sort by, in tenths of a point.
  tenths     smallint not null generated always as ((current * 10)::smallint) stored,
  primary key (tenant_id, id)
) with (fillfactor = 85);
call ops.publish('read.risk_posture');
create index on read.risk_posture (tenant_id, tenths, id);

-- An outcome's severity; without an open risk it has none.
create table read.outcome_posture (
  tenant_id uuid     not null,
  id        uuid     not null,
  score     numeric,
  severity  text     collate "C",
  tenths    smallint not null generated always as (coalesce((score * 10)::smallint, 0)) stored,
  primary key (tenant_id, id)
) with (fillfactor = 85);
call ops.publish('read.outcome_posture');
create index on read.outcome_posture (tenant_id, tenths, id);

-- How far the read models of each tenant have got.
create table read.progress (
  tenant_id uuid   primary key,
  number    bigint not null
) with (fillfactor = 50);
call ops.publish('read.progress');
