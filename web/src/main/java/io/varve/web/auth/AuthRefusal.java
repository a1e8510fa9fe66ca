package io.varve.web.auth;

import io.varve.events.Refusal;

/** Why somebody could not set up or sign in. */
public sealed class AuthRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private AuthRefusal(Kind kind, String code, String message) {
    super(kind, code, message);
  }

  /** The platform has its first operator. */
  public static final class AlreadySetUp extends AuthRefusal {
    private static final long serialVersionUID = 1L;

    AlreadySetUp() {
      super(Kind.CONFLICT, "already-set-up", "This installation was set up before.");
    }
  }

  /** Which of them is wrong is not told. */
  public static final class WrongCredentials extends AuthRefusal {
    private static final long serialVersionUID = 1L;

    WrongCredentials() {
      super(
          Kind.UNAUTHENTICATED,
          "wrong-credentials",
          "The e-mail address or the password is wrong, or the user is disabled.");
    }
  }
}
