package io.varve.web.oidc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why nobody was signed in. The browser gets the code; the message is for the log. */
final class SignInFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final Code code;

  /** All that a browser is told. */
  enum Code {
    /** It took too long, was done before, or was begun in another browser. */
    EXPIRED,
    /** There is no such provider, or it cannot be asked now. */
    UNAVAILABLE,
    /** The provider did not let the person in. */
    REFUSED,
    /** What the provider says cannot be relied on. */
    INVALID,
    /** Whom the provider vouches for is nobody who may sign in here. */
    UNKNOWN_USER;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  SignInFailure(Code code, String reason) {
    super(reason);
    this.code = code;
  }

  SignInFailure(Code code, String reason, @Nullable Throwable cause) {
    super(reason, cause);
    this.code = code;
  }

  Code code() {
    return code;
  }
}
