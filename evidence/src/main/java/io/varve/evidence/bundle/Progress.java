package io.varve.evidence.bundle;

/** Is told how far a verifier has got. */
@FunctionalInterface
public interface Progress {

  Progress NONE = (done, of) -> {};

  void at(long done, long of);
}
