package io.varve.events.tenancy;

import io.varve.events.rule.Rules;

/**
 * For how many days a tenant keeps what is no part of its ledger. The ledger itself is kept.
 *
 * @param exports finished exports
 * @param sessions how long anybody stays signed in at most, without signing in anew
 * @param idempotency answers that are given again to a write that is repeated
 * @param sandboxes read models that were rebuilt for a review
 */
public record Retention(int exports, int sessions, int idempotency, int sandboxes) {

  public static final Retention DEFAULT = new Retention(30, 30, 1, 7);

  private static final int MOST = 365;
  private static final int MOST_SESSIONS = 90;
  private static final int MOST_IDEMPOTENCY = 30;

  /** Reports every number that is out of its bounds. */
  public void check(Rules rules) {
    rules
        .range("/exports", exports, 1, MOST)
        .range("/sessions", sessions, 1, MOST_SESSIONS)
        .range("/idempotency", idempotency, 1, MOST_IDEMPOTENCY)
        .range("/sandboxes", sandboxes, 1, MOST);
  }
}
