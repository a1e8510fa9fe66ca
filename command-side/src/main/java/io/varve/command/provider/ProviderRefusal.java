package io.varve.command.provider;

import io.varve.events.Refusal;

/** Why a command on an identity provider was refused. */
public sealed class ProviderRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private ProviderRefusal(String code, String message) {
    super(Kind.CONFLICT, code, message);
  }

  /** It is disabled already. */
  public static final class ProviderIsDisabled extends ProviderRefusal {
    private static final long serialVersionUID = 1L;

    ProviderIsDisabled() {
      super("provider-disabled", "The identity provider is disabled.");
    }
  }

  /** Only a disabled provider can be enabled. */
  public static final class ProviderIsActive extends ProviderRefusal {
    private static final long serialVersionUID = 1L;

    ProviderIsActive() {
      super("provider-active", "The identity provider is active.");
    }
  }
}
