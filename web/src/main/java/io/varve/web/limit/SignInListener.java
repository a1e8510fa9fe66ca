package io.varve.web.limit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hears of failed attempts to sign in, on the node that they came to. */
@FunctionalInterface
public interface SignInListener {

  /**
   * A failed attempt that was counted.
   *
   * @param failures how many in a row there were of this account, from places like this one
   * @param until until when further attempts are refused; null if they are not
   * @param locked whether this one failure has locked the account: no pause is longer than this
   */
  record Failure(int failures, @Nullable Instant until, boolean locked) {}

  /**
   * @param account as it was given to {@link SignInGuard#permit}; it may not exist
   */
  void failed(String account, Failure failure);
}
