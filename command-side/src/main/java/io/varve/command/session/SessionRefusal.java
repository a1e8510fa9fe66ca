package io.varve.command.session;

import io.varve.events.Refusal;

/** Why a command on a session was refused. */
public sealed class SessionRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private SessionRefusal(String code, String message) {
    super(Kind.UNAUTHENTICATED, code, message);
  }

  /** It was ended, or has expired. */
  public static final class SessionIsOver extends SessionRefusal {
    private static final long serialVersionUID = 1L;

    SessionIsOver() {
      super("session-over", "The session is over.");
    }
  }
}
