package io.varve.events.access;

import io.varve.events.Refusal;

/** The caller lacks a permission. */
public final class ForbiddenException extends Refusal {

  private static final long serialVersionUID = 1L;

  public ForbiddenException(Permission missing) {
    super(Kind.FORBIDDEN, "forbidden", "This needs the permission " + missing.text() + ".");
  }
}
