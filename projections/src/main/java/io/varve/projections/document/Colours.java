package io.varve.projections.document;

import io.varve.events.kri.Colour;

/** Colours as {@code read.kri.colour} has them: numbers from the best to the worst. */
public final class Colours {

  private Colours() {}

  public static int rank(Colour colour) {
    return switch (colour) {
      case GREEN -> 0;
      case GREY -> 1;
      case AMBER -> 2;
      case RED -> 3;
    };
  }

  public static Colour ofRank(int rank) {
    return switch (rank) {
      case 0 -> Colour.GREEN;
      case 1 -> Colour.GREY;
      case 2 -> Colour.AMBER;
      case 3 -> Colour.RED;
      default -> throw new IllegalArgumentException("no colour of rank " + rank);
    };
  }
}
