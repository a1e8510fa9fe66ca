package io.varve.command;

import io.varve.events.StreamId;

/** A command that one stream decides. */
public interface StreamCommand extends Command {

  /** The stream that decides. */
  StreamId id();
}
