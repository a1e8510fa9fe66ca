package io.varve.events.risk;

/** What is done about a risk. */
public enum Treatment {
  ACCEPT,
  MITIGATE,
  TRANSFER,
  AVOID
}
