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

  /** The session, or what it rested on, has ended. */
  public static final class SessionOver extends AuthRefusal {
    private static final long serialVersionUID = 1L;

    SessionOver() {
      super(Kind.UNAUTHENTICATED, "session-over", "The session has ended: sign in again.");
    }
  }

  /** The token says other rights than its bearer has by now. */
  public static final class TokenOutdated extends AuthRefusal {
    private static final long serialVersionUID = 1L;

    TokenOutdated() {
      super(
          Kind.UNAUTHENTICATED,
          "token-outdated",
          "What you may do has changed: refresh the access token.");
    }
  }

  /** The API key, or what it rested on, has ended. */
  public static final class KeyOver extends AuthRefusal {
    private static final long serialVersionUID = 1L;

    KeyOver() {
      super(
          Kind.UNAUTHENTICATED,
          "api-key-over",
          "The API key was revoked or has expired, or its maker is disabled.");
    }
  }

  /** A request that rests on a cookie did not come from the pages of this origin. */
  public static final class CrossSite extends AuthRefusal {
    private static final long serialVersionUID = 1L;

    CrossSite() {
      super(
          Kind.FORBIDDEN,
          "cross-site",
          "This takes the header Varve-Csrf, and a request from the same origin.");
    }
  }
}
