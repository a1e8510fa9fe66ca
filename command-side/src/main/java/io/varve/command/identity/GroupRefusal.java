package io.varve.command.identity;

import io.varve.events.Refusal;

/** Why a command on a group was refused. */
public sealed class GroupRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private GroupRefusal(String code, String message) {
    super(Kind.CONFLICT, code, message);
  }

  /** A group that was removed stays so. */
  public static final class GroupIsRemoved extends GroupRefusal {
    private static final long serialVersionUID = 1L;

    GroupIsRemoved() {
      super("group-removed", "The group was removed.");
    }
  }
}
