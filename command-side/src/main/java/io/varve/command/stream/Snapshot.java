package io.varve.command.stream;

import io.varve.events.State;

/**
 * A stream's state as its events up to a sequence fold into it, so that a long stream is not read
 * from its start. Derived: losing it costs time, and one of an older fold is not used.
 */
public record Snapshot(long sequence, State state) {}
