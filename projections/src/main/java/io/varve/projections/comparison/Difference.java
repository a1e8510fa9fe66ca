package io.varve.projections.comparison;

import java.util.UUID;

/**
 * A document that is not the fold of its stream.
 *
 * @param stream the kind of the stream
 * @param home the tenant that it is read in
 * @param id the stream
 * @param what in a few words, without anything from the document
 */
public record Difference(String stream, UUID home, UUID id, String what) {

  @Override
  public String toString() {
    return "%s %s in %s %s".formatted(stream, id, home, what);
  }
}
