package io.varve.web.gate;

import io.varve.events.Refusal;

/** Why somebody who is signed in does not get to an operation, whatever permissions they have. */
public sealed class GateRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private GateRefusal(String code, String message) {
    super(Kind.FORBIDDEN, code, message);
  }

  /** The second factor is still owed. */
  public static final class SecondFactorRequired extends GateRefusal {
    private static final long serialVersionUID = 1L;

    public SecondFactorRequired() {
      super("second-factor-required", "This needs a second factor: enrol one, or give its code.");
    }
  }

  /** The second factor was given too long ago, or never. */
  public static final class StepUpRequired extends GateRefusal {
    private static final long serialVersionUID = 1L;

    StepUpRequired() {
      super("step-up-required", "This is dangerous: give the code of the second factor anew.");
    }
  }

  /** What is about an account is for users: a key has none. */
  public static final class OnlyForUsers extends GateRefusal {
    private static final long serialVersionUID = 1L;

    OnlyForUsers() {
      super("only-for-users", "This is about the account of a user, which an API key has not.");
    }
  }

  /** A carrier's users see what is their carrier's, and nothing else. */
  public static final class NotForCarriers extends GateRefusal {
    private static final long serialVersionUID = 1L;

    NotForCarriers() {
      super("not-for-carriers", "A carrier finds what is its own below /api/carrier.");
    }
  }
}
