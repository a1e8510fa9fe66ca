package io.varve.command.ledger;

/** A group holds an event of a tenant that takes no more; nothing of the group is stored. */
final class ClosedTenantException extends RuntimeException {

  private static final long serialVersionUID = 1L;
}
