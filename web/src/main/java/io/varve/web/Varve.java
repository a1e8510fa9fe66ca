package io.varve.web;

import io.varve.web.cli.Cli;

/** The program. */
public final class Varve {

  private Varve() {}

  public static void main(String... arguments) {
    System.exit(Cli.run(arguments));
  }
}
