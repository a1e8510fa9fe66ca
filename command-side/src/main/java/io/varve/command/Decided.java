package io.varve.command;

import java.util.UUID;

/**
 * The answer of most commands.
 *
 * @param id the stream that decided
 * @param sequence the sequence of its last event, which is the stream's version for {@code
 *     If-Match}
 */
public record Decided(UUID id, long sequence) {}
