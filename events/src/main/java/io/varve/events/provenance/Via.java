package io.varve.events.provenance;

/** The way by which a command came in. */
public enum Via {
  UI,
  API,
  CLI,
  IMPORT,
  CONNECTOR,
  SYSTEM
}
