package io.varve.command.identity;

import io.varve.events.Refusal;

/** Why a command on a role was refused. */
public sealed class RoleRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private RoleRefusal(String code, String message) {
    super(Kind.CONFLICT, code, message);
  }

  /** A role that was withdrawn stays so. */
  public static final class RoleIsWithdrawn extends RoleRefusal {
    private static final long serialVersionUID = 1L;

    RoleIsWithdrawn() {
      super("role-withdrawn", "The role was withdrawn.");
    }
  }
}
