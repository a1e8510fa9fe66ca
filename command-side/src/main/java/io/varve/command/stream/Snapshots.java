package io.varve.command.stream;

/** Where states are kept, to begin a stream's fold from. */
@FunctionalInterface
public interface Snapshots {

  /** Keeps a state, unless a later one is kept already. */
  void keep(StreamKey key, String stream, int foldRevision, Snapshot snapshot);
}
