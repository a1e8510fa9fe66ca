package io.varve.command.identity;

import io.varve.events.Refusal;

/** Why a command on a user was refused. */
public sealed class UserRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private UserRefusal(Kind kind, String code, String message) {
    super(kind, code, message);
  }

  /** The user is disabled already. */
  public static final class UserIsDisabled extends UserRefusal {
    private static final long serialVersionUID = 1L;

    UserIsDisabled() {
      super(Kind.CONFLICT, "user-disabled", "The user is disabled.");
    }
  }

  /** Nothing is known of the user any more. */
  public static final class UserIsErased extends UserRefusal {
    private static final long serialVersionUID = 1L;

    UserIsErased() {
      super(Kind.CONFLICT, "user-erased", "The user was erased for good.");
    }
  }

  /** Only a disabled user can be enabled. */
  public static final class UserIsActive extends UserRefusal {
    private static final long serialVersionUID = 1L;

    UserIsActive() {
      super(Kind.CONFLICT, "user-active", "The user is active.");
    }
  }

  /** Only users themselves do this. */
  public static final class NotOwnAccount extends UserRefusal {
    private static final long serialVersionUID = 1L;

    NotOwnAccount() {
      super(Kind.FORBIDDEN, "not-own-account", "Only the user may do this.");
    }
  }

  /** Recovery codes stand in for a second factor, so there has to be one. */
  public static final class NoSecondFactor extends UserRefusal {
    private static final long serialVersionUID = 1L;

    NoSecondFactor() {
      super(Kind.CONFLICT, "no-second-factor", "The user has no second factor.");
    }
  }

  /** All recovery codes were used. */
  public static final class NoRecoveryCode extends UserRefusal {
    private static final long serialVersionUID = 1L;

    NoRecoveryCode() {
      super(Kind.CONFLICT, "no-recovery-code", "The user has no recovery code left.");
    }
  }
}
