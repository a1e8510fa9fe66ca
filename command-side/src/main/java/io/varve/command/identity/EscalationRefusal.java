package io.varve.command.identity;

import io.varve.events.Refusal;

/** Nobody gives to another, or decides over one who has, what he may not give. */
public final class EscalationRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  EscalationRefusal() {
    super(Kind.FORBIDDEN, "escalation", "This involves rights that the caller may not give.");
  }
}
