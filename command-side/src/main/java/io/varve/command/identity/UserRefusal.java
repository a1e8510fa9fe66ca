package io.varve.command.identity;

import io.varve.events.Refusal;

/** Why a command on a user was refused. */
public sealed class UserRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private UserRefusal(String code, String message) {
    super(Kind.CONFLICT, code, message);
  }

  /** The user is disabled already. */
  public static final class UserIsDisabled extends UserRefusal {
    private static final long serialVersionUID = 1L;

    UserIsDisabled() {
      super("user-disabled", "The user is disabled.");
    }
  }

  /** Only a disabled user can be enabled. */
  public static final class UserIsActive extends UserRefusal {
    private static final long serialVersionUID = 1L;

    UserIsActive() {
      super("user-active", "The user is active.");
    }
  }
}
