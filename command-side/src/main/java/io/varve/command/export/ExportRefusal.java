package io.varve.command.export;

import io.varve.events.Refusal;

/** Why a command on an export was refused. */
public sealed class ExportRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private ExportRefusal(Kind kind, String code, String message) {
    super(kind, code, message);
  }

  /** It was completed, failed or cancelled. */
  public static final class IsDecided extends ExportRefusal {
    private static final long serialVersionUID = 1L;

    IsDecided() {
      super(Kind.CONFLICT, "export-decided", "The export is completed, failed or cancelled.");
    }
  }

  /** There is no bundle yet, or there never will be one. */
  public static final class HasNoBundle extends ExportRefusal {
    private static final long serialVersionUID = 1L;

    public HasNoBundle() {
      super(Kind.CONFLICT, "export-without-bundle", "The export has no bundle.");
    }
  }

  /** No event is what was asked for. */
  public static final class IsEmpty extends ExportRefusal {
    private static final long serialVersionUID = 1L;

    public IsEmpty() {
      super(Kind.UNPROCESSABLE, "export-empty", "No event is what the export asks for.");
    }
  }
}
