package io.varve.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.postgres.vault.Vault;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Puts a secret into the vault for an event that will refer to it. */
public final class Secrets {

  private final Vault vault;

  public Secrets(Vault vault) {
    this.vault = vault;
  }

  /**
   * Keeps a secret, writes with its reference, and forgets it again where nothing was written.
   *
   * @param needed the permission to keep a secret: who lacks it leaves nothing in the vault
   * @param secret null for none
   */
  public ResponseEntity<Written> keepFor(
      Caller caller,
      Permission needed,
      @Nullable String secret,
      Function<@Nullable UUID, ResponseEntity<Written>> write) {
    if (secret == null) {
      return write.apply(null);
    }
    caller.require(needed);
    UUID reference = vault.keep(caller.tenant(), secret.getBytes(UTF_8));
    boolean used = false;
    try {
      ResponseEntity<Written> answer = write.apply(reference);
      used = !Write.isReplayed(answer);
      return answer;
    } finally {
      if (!used) {
        vault.forget(caller.tenant(), reference);
      }
    }
  }
}
