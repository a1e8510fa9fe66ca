package io.varve.command.tenancy;

import io.varve.events.Refusal;

/** Why a command on a tenant was refused. */
public sealed class TenancyRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private TenancyRefusal(String code, String message) {
    super(Kind.CONFLICT, code, message);
  }

  /** Nothing of a retired tenant changes. */
  public static final class TenantIsRetired extends TenancyRefusal {
    private static final long serialVersionUID = 1L;

    TenantIsRetired() {
      super("tenant-retired", "The tenant is retired.");
    }
  }
}
