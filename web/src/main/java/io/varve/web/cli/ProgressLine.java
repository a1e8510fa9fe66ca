package io.varve.web.cli;

import io.varve.projections.verify.Progress;
import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a verification has got, on standard error, where that is a terminal. */
final class ProgressLine implements Progress, AutoCloseable {

  private final boolean isShown =
      Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  private @Nullable ProgressBar bar;
  private @Nullable Phase shown;

  @Override
  public synchronized void at(Phase phase, long done, long total) {
    if (!isShown) {
      return;
    }
    ProgressBar current = bar;
    if (current == null || phase != shown) {
      close();
      current =
          new ProgressBarBuilder()
              .setTaskName(name(phase))
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .build();
      bar = current;
      shown = phase;
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

  private static String name(Phase phase) {
    return switch (phase) {
      case SEALS -> "events and seals";
      case TILES -> "tiles of trees";
      case STREAMS -> "streams";
    };
  }
}
