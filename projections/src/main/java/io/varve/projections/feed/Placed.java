package io.varve.projections.feed;

import java.util.UUID;

/** What was read of a stored event: whose it is, and which of theirs. */
public interface Placed {

  UUID tenant();

  /** Its place among the events of its tenant, from 1. */
  long number();

  /** How many characters of memory it takes, about. */
  int size();
}
