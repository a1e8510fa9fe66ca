package io.varve.projections.seal.sink;

import java.util.Optional;

/** A place outside the database that takes what was signed, and never changes or forgets it. */
public interface Sink {

  /** Which place it is: the same name for the same place on every node. */
  String name();

  /**
   * Keeps a note for good. Where it is already nothing happens.
   *
   * @throws SinkException if it cannot be kept, or another is there under its name
   */
  void put(Sealed sealed);

  /**
   * The newest checkpoint that is there, of whichever installation.
   *
   * @throws SinkException if that cannot be told
   */
  Optional<Sealed> newest();
}
