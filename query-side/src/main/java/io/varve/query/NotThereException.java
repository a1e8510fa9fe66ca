package io.varve.query;

import io.varve.events.Refusal;

/** There is no such thing in the caller's tenant. */
public final class NotThereException extends Refusal {

  private static final long serialVersionUID = 1L;

  public NotThereException(String stream) {
    super(Kind.NOT_FOUND, "not-found", "There is no such " + stream + ".");
  }
}
