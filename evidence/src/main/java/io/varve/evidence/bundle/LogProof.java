package io.varve.evidence.bundle;

import io.varve.evidence.merkle.Hash;
import java.util.List;

/**
 * That a checkpoint is in the log over all tenants' checkpoints (RFC 9162, 2.1.3).
 *
 * @param index of the leaf, which is the checkpoint's whole note
 * @param size of the log
 * @param hashes beside the leaf's path to the root, the lowest first, in base64
 */
public record LogProof(long index, long size, List<String> hashes) {

  public LogProof {
    hashes = List.copyOf(hashes);
  }

  public static LogProof of(long index, long size, List<Hash> path) {
    return new LogProof(index, size, path.stream().map(Hash::base64).toList());
  }

  /**
   * @throws IllegalArgumentException if one is no hash
   */
  List<Hash> path() {
    return hashes.stream().map(Hash::parse).toList();
  }
}
