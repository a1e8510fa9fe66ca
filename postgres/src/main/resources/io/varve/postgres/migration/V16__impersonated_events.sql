-- What somebody did as somebody else: few of the ledger's events, and asked for together.
create index event_by_impersonator on ledger.event (tenant_id, impersonator_id, actor_id, at)
  where impersonator_id is not null;
