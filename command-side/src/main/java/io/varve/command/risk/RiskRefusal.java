package io.varve.command.risk;

import io.varve.events.Refusal;

/** Why a command on a risk was refused. */
public sealed class RiskRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private RiskRefusal(String code, String message) {
    super(Kind.CONFLICT, code, message);
  }

  /** A closed risk is reopened before it is changed. */
  public static final class RiskIsClosed extends RiskRefusal {
    private static final long serialVersionUID = 1L;

    RiskIsClosed() {
      super("risk-closed", "The risk is closed.");
    }
  }

  /** Only a closed risk can be reopened. */
  public static final class RiskIsOpen extends RiskRefusal {
    private static final long serialVersionUID = 1L;

    RiskIsOpen() {
      super("risk-open", "The risk is open.");
    }
  }
}
