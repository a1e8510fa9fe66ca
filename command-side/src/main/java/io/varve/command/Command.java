package io.varve.command;

import io.varve.events.rule.Rules;

/**
 * Something that a caller wants done. A record, annotated with the permission it {@link Requires}.
 */
public interface Command {

  /**
   * Reports what is wrong with the fields alone. It is asked at the edge, before the command goes
   * anywhere; the state that it would lead to is checked again where it is decided.
   */
  void check(Rules rules);
}
