package io.varve.events.kri;

/** What a KRI's value means, from the best to the worst. */
public enum Colour {
  /** Short of the warning threshold. */
  GREEN,
  /** There is no value yet. */
  GREY,
  /** The warning threshold is reached, the critical one is not. */
  AMBER,
  /** The critical threshold is reached. */
  RED
}
