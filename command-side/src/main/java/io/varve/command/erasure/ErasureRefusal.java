package io.varve.command.erasure;

import io.varve.events.Refusal;

/** Why a command on an erasure was refused. */
public sealed class ErasureRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private ErasureRefusal(String code, String message) {
    super(Kind.CONFLICT, code, message);
  }

  /** It was withdrawn, approved, blocked or completed. */
  public static final class NotRequested extends ErasureRefusal {
    private static final long serialVersionUID = 1L;

    NotRequested() {
      super("erasure-decided", "The erasure is decided already.");
    }
  }

  /** Of a tenant that is in use, people are erased in the tenant itself. */
  public static final class TenantIsInUse extends ErasureRefusal {
    private static final long serialVersionUID = 1L;

    public TenantIsInUse() {
      super("tenant-in-use", "The tenant is not retired.");
    }
  }

  /** A retired tenant is kept for a while, whoever wants it gone. */
  public static final class RetiredTooLately extends ErasureRefusal {
    private static final long serialVersionUID = 1L;

    public RetiredTooLately() {
      super("retired-too-lately", "A retired tenant is kept for 400 days.");
    }
  }
}
