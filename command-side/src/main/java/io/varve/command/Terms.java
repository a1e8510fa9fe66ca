package io.varve.command;

import org.jspecify.annotations.Nullable;

/**
 * On what terms a command is sent.
 *
 * @param expectedSequence the version that the caller decided on ({@code If-Match}), if it said one
 * @param idempotency under which key the answer is remembered, if under any
 */
public record Terms(@Nullable Long expectedSequence, @Nullable Idempotency idempotency) {

  public static final Terms NONE = new Terms(null, null);

  /**
   * A caller's key for one write. The same key with the same request gives the same answer for a
   * day, or for as many as the tenant wants.
   *
   * @param requestHash SHA-256 of what was asked, in hexadecimal
   */
  public record Idempotency(String key, String requestHash) {}
}
