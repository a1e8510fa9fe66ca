package io.varve.command.hold;

import io.varve.events.Refusal;

/** Why a command on a legal hold was refused. */
public sealed class HoldRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private HoldRefusal(Kind kind, String code, String message) {
    super(kind, code, message);
  }

  /** What was released keeps nothing any more; another hold can be placed. */
  public static final class HoldIsReleased extends HoldRefusal {
    private static final long serialVersionUID = 1L;

    HoldIsReleased() {
      super(Kind.CONFLICT, "hold-released", "The hold was released.");
    }
  }

  /** Somebody has asked for it already. */
  public static final class ReleaseIsAskedFor extends HoldRefusal {
    private static final long serialVersionUID = 1L;

    ReleaseIsAskedFor() {
      super(Kind.CONFLICT, "release-asked", "The hold's release is asked for already.");
    }
  }

  /** Nobody has asked for it, or it was withdrawn. */
  public static final class ReleaseIsNotAskedFor extends HoldRefusal {
    private static final long serialVersionUID = 1L;

    ReleaseIsNotAskedFor() {
      super(Kind.CONFLICT, "release-not-asked", "Nobody has asked for the hold's release.");
    }
  }
}
