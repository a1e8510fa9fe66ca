package io.varve.projections.seal.sink;

/** A bucket would let what it holds be changed or deleted. The message is a sentence. */
public final class NoLockException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoLockException(String bucket) {
    super(
        "The bucket %s has no object lock, so that what it holds could be changed."
            .formatted(bucket));
  }
}
