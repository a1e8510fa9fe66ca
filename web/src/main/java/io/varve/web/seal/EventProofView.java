package io.varve.web.seal;

import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Merkle;
import io.varve.query.seal.EventProof;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That an event is sealed, or only that it is not yet: then there is nothing else.
 *
 * @param leafData what the leaf hash is made from, in base64
 * @param checkpoint the signed note whose root the inclusion leads to
 * @param log that the checkpoint is in the log over all tenants
 */
record EventProofView(
    boolean sealed,
    @Nullable SealedEventView event,
    @Nullable String leafData,
    @Nullable Inclusion inclusion,
    @Nullable String checkpoint,
    @Nullable LogProof log) {

  /**
   * An inclusion proof (RFC 9162, section 2.1.3), its hashes in base64.
   *
   * @param index of the leaf, from 0
   */
  record Inclusion(String leafHash, long index, long treeSize, List<String> path) {}

  /** The same for a checkpoint, whose note is the leaf, and the log's signed checkpoint. */
  record LogProof(Inclusion inclusion, String checkpoint) {}

  static EventProofView of(Optional<EventProof> found) {
    return found
        .map(EventProofView::of)
        .orElseGet(() -> new EventProofView(false, null, null, null, null, null));
  }

  private static EventProofView of(EventProof proof) {
    byte[] leaf = proof.event().leafData();
    Hash note = Merkle.leaf(proof.tree().noteBytes());
    return new EventProofView(
        true,
        SealedEventView.of(proof.event()),
        Base64.getEncoder().encodeToString(leaf),
        inclusion(
            Merkle.leaf(leaf), proof.event().number() - 1, proof.tree().size(), proof.inTree()),
        proof.tree().note(),
        new LogProof(
            inclusion(note, proof.tree().logIndex(), proof.log().size(), proof.inLog()),
            proof.log().note()));
  }

  private static Inclusion inclusion(Hash leaf, long index, long size, List<Hash> path) {
    return new Inclusion(leaf.base64(), index, size, path.stream().map(Hash::base64).toList());
  }
}
