package io.varve.events;

import java.util.UUID;

/**
 * The identifier of a stream, made by the server (UUID version 7). Each kind of stream has an
 * identifier type of its own, so that one cannot be handed over for another.
 */
public interface StreamId {
  UUID value();
}
