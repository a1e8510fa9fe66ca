package io.varve.web.http;

/** An answer about one thing, as of its version. */
public interface Versioned {
  /** The sequence of the thing's last event; its ETag. */
  long version();
}
