package io.varve.query.seal;

import io.varve.evidence.merkle.Hash;

/**
 * What was signed last of the log over all tenants.
 *
 * @param size how many of the tenants' checkpoints it has
 * @param note the signed checkpoint
 */
public record SealedLog(long size, Hash root, String note) {}
