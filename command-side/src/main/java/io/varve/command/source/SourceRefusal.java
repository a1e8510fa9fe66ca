package io.varve.command.source;

import io.varve.events.Refusal;

/** Why a command on a source was refused. */
public sealed class SourceRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private SourceRefusal(String code, String message) {
    super(Kind.CONFLICT, code, message);
  }

  /** It is paused: it cannot be once more, and takes no values from other systems. */
  public static final class SourceIsPaused extends SourceRefusal {
    private static final long serialVersionUID = 1L;

    public SourceIsPaused() {
      super("source-paused", "The source is paused.");
    }
  }

  /** Only a paused source can be resumed. */
  public static final class SourceIsActive extends SourceRefusal {
    private static final long serialVersionUID = 1L;

    SourceIsActive() {
      super("source-active", "The source is active.");
    }
  }
}
