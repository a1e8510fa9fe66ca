package io.varve.command;

import io.varve.events.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Why the ledger did not take a command's events. */
public sealed class LedgerRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private LedgerRefusal(Kind kind, String code, String message) {
    super(kind, code, message);
  }

  /** Another command wrote to the stream first. */
  public static final class Overtaken extends LedgerRefusal {
    private static final long serialVersionUID = 1L;

    public Overtaken() {
      super(Kind.CONFLICT, "overtaken", "Another change to the same thing came first.");
    }
  }

  /** A value that must be unique is held by another stream. */
  public static final class ValueTaken extends LedgerRefusal {
    private static final long serialVersionUID = 1L;
    private final String pointer;

    public ValueTaken(String pointer) {
      super(Kind.CONFLICT, "value-taken", "The value at " + pointer + " is taken.");
      this.pointer = pointer;
    }

    /** The JSON pointer of the field that holds the value. */
    public String pointer() {
      return pointer;
    }
  }

  /** Nobody would be left to administer the home that the user belongs to. */
  public static final class LastAdministrator extends LedgerRefusal {
    private static final long serialVersionUID = 1L;

    public LastAdministrator() {
      super(Kind.CONFLICT, "last-admin", "The last administrator stays until there is another.");
    }
  }

  /** A legal hold keeps it. */
  public static final class Held extends LedgerRefusal {
    private static final long serialVersionUID = 1L;
    private final transient List<String> matters;

    /**
     * @param matters the numbers of the matters that the holds are for
     */
    public Held(Collection<String> matters) {
      super(Kind.CONFLICT, "held", "A legal hold stands; \"errors\" names its matter.");
      this.matters = List.copyOf(new TreeSet<>(matters));
    }

    public List<String> matters() {
      return matters;
    }
  }

  /** The idempotency key was used for another request. */
  public static final class KeyReused extends LedgerRefusal {
    private static final long serialVersionUID = 1L;

    public KeyReused() {
      super(
          Kind.UNPROCESSABLE,
          "idempotency-key-reused",
          "This Idempotency-Key was used for another request.");
    }
  }

  /** The same idempotency key was committed by a request that ran at the same time. */
  public static final class KeyCommitted extends LedgerRefusal {
    private static final long serialVersionUID = 1L;

    public KeyCommitted() {
      super(Kind.CONFLICT, "idempotency-key-in-use", "A request with this key is under way.");
    }
  }

  /** The stream is not the version that the caller decided on. */
  public static final class Stale extends LedgerRefusal {
    private static final long serialVersionUID = 1L;

    public Stale() {
      super(Kind.STALE, "stale", "The thing has changed since the version in If-Match.");
    }
  }

  /** The tenant was retired. */
  public static final class TenantRetired extends LedgerRefusal {
    private static final long serialVersionUID = 1L;

    public TenantRetired() {
      super(Kind.CONFLICT, "tenant-retired", "Nothing is written in a retired tenant.");
    }
  }

  /** There is no such stream in this tenant. */
  public static final class NoSuchStream extends LedgerRefusal {
    private static final long serialVersionUID = 1L;

    public NoSuchStream() {
      super(Kind.NOT_FOUND, "not-found", "There is no such thing.");
    }
  }

  /**
   * More waits to be written than may, or the database is away. Whether the events were stored is
   * told by a retry with the same idempotency key.
   */
  public static final class Unavailable extends LedgerRefusal {
    private static final long serialVersionUID = 1L;

    public Unavailable() {
      super(Kind.UNAVAILABLE, "ledger-unavailable", "The ledger cannot take writes at the moment.");
    }
  }
}
