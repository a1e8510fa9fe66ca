package io.varve.postgres.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a restore has got.
 *
 * @param base the backup that it began with
 * @param segment the last WAL segment that there was, and {@code archived} when it was handed over
 * @param lastTransaction when the last transaction was committed that was replayed; null if the
 *     base backup had them all
 * @param position the ledger's last, and {@code at} that event's time
 * @param keys whether the keys are there
 */
public record Restored(
    Manifest base,
    String segment,
    Instant archived,
    @Nullable Instant lastTransaction,
    long position,
    @Nullable Instant at,
    boolean keys) {}
