package io.varve.web.oidc;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a browser goes once it is signed in: a page of ours, whatever somebody's link says. */
final class Destination {

  static final String START = "/";
  private static final int MAX = 1_000;

  /**
   * A path that begins with one slash. A backslash would be one more to a browser, and so would
   * what it leaves out: control characters and spaces.
   */
  private static final Pattern LOCAL = Pattern.compile("/(?!/)[\\x21-\\x7E&&[^\\\\]]*");

  private Destination() {}

  static String of(@Nullable String wanted) {
    return wanted != null && wanted.length() <= MAX && LOCAL.matcher(wanted).matches()
        ? wanted
        : START;
  }
}
