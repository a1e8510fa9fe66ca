package io.varve.query.seal;

import io.varve.evidence.merkle.Hash;
import java.util.List;

/** That a tree of one size begins with the tree of another, unchanged. */
public record Consistency(long from, Hash fromRoot, long to, Hash toRoot, List<Hash> path) {}
