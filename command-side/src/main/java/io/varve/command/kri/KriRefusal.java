package io.varve.command.kri;

import io.varve.events.Refusal;
import java.util.SortedSet;

/** Why a command on KRIs was refused. */
public sealed class KriRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private KriRefusal(Kind kind, String code, String message) {
    super(kind, code, message);
  }

  /** The source has no KRIs of these slugs. Whether others have is not told. */
  public static final class NotOfTheSource extends KriRefusal {
    private static final long serialVersionUID = 1L;

    NotOfTheSource(SortedSet<String> slugs) {
      super(
          Kind.NOT_FOUND,
          "no-such-kri",
          "The source of this key has no KRI " + String.join(", ", slugs) + ".");
    }
  }
}
