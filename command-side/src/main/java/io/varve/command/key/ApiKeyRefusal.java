package io.varve.command.key;

import io.varve.events.Refusal;

/** Why a command on an API key was refused. */
public sealed class ApiKeyRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private ApiKeyRefusal(String code, String message) {
    super(Kind.CONFLICT, code, message);
  }

  /** It is revoked already. */
  public static final class ApiKeyIsRevoked extends ApiKeyRefusal {
    private static final long serialVersionUID = 1L;

    ApiKeyIsRevoked() {
      super("api-key-revoked", "The API key is revoked.");
    }
  }
}
