package io.varve.events.identity;

import java.time.Instant;

/**
 * That a user was sent a link by which a password can be set. The link itself is kept nowhere.
 *
 * @param until when it stops working, unless it is used before
 */
public record LinkSent(Purpose purpose, Instant until) {

  /** Why it was sent. */
  public enum Purpose {
    /** To somebody who is new. */
    INVITATION,
    /** To somebody whose password is forgotten. */
    RESET
  }
}
