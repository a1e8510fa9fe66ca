package io.varve.web.cli;

import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far something has got, as a bar on standard error, where that is a terminal. */
final class ProgressLine implements AutoCloseable {

  private final boolean isShown =
      Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  private @Nullable ProgressBar bar;
  private @Nullable String shown;

  /**
   * @param what is being gone through: another begins another bar
   */
  synchronized void at(String what, long done, long total) {
    if (!isShown) {
      return;
    }
    ProgressBar current = bar;
    if (current == null || !what.equals(shown)) {
      close();
      current =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .build();
      bar = current;
      shown = what;
    }
    current.maxHint(total);
    current.stepTo(done);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
