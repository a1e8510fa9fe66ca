package io.varve.evidence.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of RFC 9162, section 2.1.1, with SHA-256. */
public final class Merkle {

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  /** The root of the tree without a leaf: the hash of nothing. */
  public static final Hash EMPTY = Hash.digest(sha256());

  private Merkle() {}

  /** The hash of a leaf, of whatever it holds. */
  public static Hash leaf(byte[] data) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    digest.update(data);
    return Hash.digest(digest);
  }

  /** The hash of the two subtrees together. */
  public static Hash node(Hash left, Hash right) {
    MessageDigest digest = sha256();
    digest.update(NODE);
    left.addTo(digest);
    right.addTo(digest);
    return Hash.digest(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
