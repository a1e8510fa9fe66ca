package io.varve.web.password;

import io.varve.events.Refusal;

/** Why somebody's own password was not set. */
public sealed class PasswordRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private PasswordRefusal(Kind kind, String code, String message) {
    super(kind, code, message);
  }

  /** The password that is to be replaced is another. */
  public static final class WrongPassword extends PasswordRefusal {
    private static final long serialVersionUID = 1L;

    WrongPassword() {
      super(Kind.FORBIDDEN, "wrong-password", "The current password is another.");
    }
  }

  /** Whether it was used, has expired or never was one is not told. */
  public static final class LinkUnusable extends PasswordRefusal {
    private static final long serialVersionUID = 1L;

    LinkUnusable() {
      super(
          Kind.CONFLICT,
          "link-unusable",
          "The link was used, was replaced by another, or has expired. Ask for a new one.");
    }
  }
}
