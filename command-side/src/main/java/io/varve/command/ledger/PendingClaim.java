package io.varve.command.ledger;

import java.util.UUID;

/**
 * A unique value that is taken or freed with the events it comes with.
 *
 * @param owner the tenant within which it is unique, or the platform
 * @param pointer the JSON pointer of the field that holds it
 */
record PendingClaim(UUID owner, String kind, String value, UUID holder, String pointer) {

  /** A value, whoever holds it. */
  record Value(UUID owner, String kind, String value) {}

  Value claimed() {
    return new Value(owner, kind, value);
  }
}
