package io.varve.events.rule;

import io.varve.events.Refusal;
import java.util.List;

/** A command's fields, or the state that it would lead to, break rules. */
public final class InvalidException extends Refusal {

  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  public InvalidException(List<Violation> violations) {
    super(Kind.INVALID, "invalid", "The request breaks " + violations.size() + " rule(s).");
    this.violations = violations;
  }

  public List<Violation> violations() {
    return violations;
  }
}
