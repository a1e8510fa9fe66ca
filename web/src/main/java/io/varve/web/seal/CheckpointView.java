package io.varve.web.seal;

import io.varve.query.seal.SealedTree;
import java.time.Instant;

/**
 * What was signed of the events of a tenant when there were so many.
 *
 * @param root in base64
 * @param logIndex where the note is in the log over all tenants, from 0
 * @param note a C2SP checkpoint in a signed note
 */
record CheckpointView(long size, String root, Instant at, long logIndex, String note) {

  static CheckpointView of(SealedTree tree) {
    return new CheckpointView(
        tree.size(), tree.root().base64(), tree.at(), tree.logIndex(), tree.note());
  }
}
