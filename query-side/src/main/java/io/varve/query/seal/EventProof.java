package io.varve.query.seal;

import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.merkle.Hash;
import java.util.List;

/**
 * That an event is in the ledger as it says.
 *
 * @param inTree the hashes from the event's leaf to the root that the tenant's checkpoint has
 * @param inLog those from that checkpoint to the root that the log's has
 */
public record EventProof(
    Envelope event, SealedTree tree, List<Hash> inTree, SealedLog log, List<Hash> inLog) {}
