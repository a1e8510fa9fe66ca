package io.varve.command.ledger;

import io.varve.command.Terms.Idempotency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that one command writes: stored together or not at all.
 *
 * @param endsTenant whether the tenant takes no event after these
 * @param answer what the command answers, as JSON; remembered under the idempotency key, if there
 *     is one
 */
record Append(
    UUID tenant,
    UUID actor,
    List<PendingEvent> events,
    List<PendingClaim> freed,
    List<PendingClaim> taken,
    boolean endsTenant,
    @Nullable Idempotency idempotency,
    @Nullable String answer) {}
