package io.varve.web.mfa;

import io.varve.events.Refusal;

/** Why something with the second factor was refused. */
public sealed class MfaRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private MfaRefusal(Kind kind, String code, String message) {
    super(kind, code, message);
  }

  /** Whether it never was one or was used before is not told. */
  public static final class WrongCode extends MfaRefusal {
    private static final long serialVersionUID = 1L;

    WrongCode() {
      super(Kind.FORBIDDEN, "wrong-code", "The code is wrong, or was used before.");
    }
  }

  /** There is no device whose code could be given. */
  public static final class NotEnrolled extends MfaRefusal {
    private static final long serialVersionUID = 1L;

    NotEnrolled() {
      super(Kind.CONFLICT, "no-second-factor", "The user has no second factor.");
    }
  }

  /** There is no secret that waits for its first code. */
  public static final class NothingToConfirm extends MfaRefusal {
    private static final long serialVersionUID = 1L;

    NothingToConfirm() {
      super(
          Kind.CONFLICT,
          "nothing-to-confirm",
          "No enrolment waits for its code: it is done, or has expired. Begin anew.");
    }
  }

  /** Somebody who may decide that has decided that there must be one. */
  public static final class StillRequired extends MfaRefusal {
    private static final long serialVersionUID = 1L;

    StillRequired() {
      super(
          Kind.CONFLICT,
          "second-factor-still-required",
          "A policy requires the second factor: it can be replaced, but not removed.");
    }
  }
}
