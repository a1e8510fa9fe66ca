package io.varve.command.identity;

import io.varve.events.Refusal;

/** Why a command on an impersonation was refused. */
public sealed class ImpersonationRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private ImpersonationRefusal(Kind kind, String code, String message) {
    super(kind, code, message);
  }

  /** Whoever acts as another does not act as a third one. */
  public static final class ImpersonationNests extends ImpersonationRefusal {
    private static final long serialVersionUID = 1L;

    ImpersonationNests() {
      super(Kind.FORBIDDEN, "impersonation-nested", "Impersonating does not nest.");
    }
  }

  /** It was ended already, or its time is over. */
  public static final class ImpersonationIsOver extends ImpersonationRefusal {
    private static final long serialVersionUID = 1L;

    public ImpersonationIsOver() {
      super(Kind.CONFLICT, "impersonation-over", "The impersonation is over.");
    }
  }
}
