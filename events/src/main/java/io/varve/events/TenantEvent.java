package io.varve.events;

/**
 * A fact in the ledger of one tenant, written in the past tense and never changed.
 *
 * <p>An event is a record annotated with {@link EventType}. It carries what happened and nothing
 * about who did it: that is its {@linkplain io.varve.events.provenance.Provenance provenance}.
 */
public interface TenantEvent {}
