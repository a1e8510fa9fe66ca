package io.varve.query.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.evidence.merkle.Hash;
import java.time.Instant;

/**
 * What was signed of a tenant's events when there were so many.
 *
 * @param size how many events: those with the numbers up to this
 * @param logIndex where the note is in the log over all tenants, from 0
 * @param note the signed checkpoint
 */
public record SealedTree(long size, Hash root, Instant at, long logIndex, String note) {

  /** The note as it is a leaf of the log. */
  public byte[] noteBytes() {
    return note.getBytes(UTF_8);
  }
}
