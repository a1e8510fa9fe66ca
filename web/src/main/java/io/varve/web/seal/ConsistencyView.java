package io.varve.web.seal;

import io.varve.evidence.merkle.Hash;
import io.varve.query.seal.Consistency;
import java.util.List;

/** A consistency proof (RFC 9162, section 2.1.4), its hashes in base64. */
record ConsistencyView(long from, String fromRoot, long to, String toRoot, List<String> proof) {

  static ConsistencyView of(Consistency found) {
    return new ConsistencyView(
        found.from(),
        found.fromRoot().base64(),
        found.to(),
        found.toRoot().base64(),
        found.path().stream().map(Hash::base64).toList());
  }
}
