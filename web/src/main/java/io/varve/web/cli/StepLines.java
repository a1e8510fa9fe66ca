package io.varve.web.cli;

import io.varve.postgres.backup.Steps;
import java.io.Console;
import java.io.PrintStream;

/** Steps as lines of standard error: in a terminal with percents, elsewhere one each. */
final class StepLines implements Steps {

  private final PrintStream err;
  private final boolean terminal;
  private String step = "";
  private long percent;

  /** Of JDK 25 there is none again where nobody sits at it. */
  @SuppressWarnings("SystemConsoleNull")
  StepLines(PrintStream err) {
    this.err = err;
    Console console = System.console();
    this.terminal = console != null && console.isTerminal();
  }

  @Override
  public void at(String now, long done, long total) {
    boolean another = !now.equals(step);
    if (another) {
      end();
      step = now;
      percent = -1;
      if (!terminal) {
        err.println(now + " ...");
      }
    }
    long reached = total == 0 ? 0 : Math.min(100, done * 100 / total);
    if (terminal && reached != percent) {
      percent = reached;
      err.print(total == 0 ? "\r%s ...".formatted(now) : "\r%s %3d %%".formatted(now, reached));
      err.flush();
    }
  }

  /** Whatever is printed next begins a line of its own. */
  void end() {
    if (terminal && !step.isEmpty()) {
      err.println();
    }
    step = "";
  }
}
