package io.varve.web.key;

import io.varve.web.http.Versioned;
import io.varve.web.http.Written;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to who made a key.
 *
 * @param number of the tenant's last event
 * @param key the whole key, told this once: absent where the request was answered before
 */
record IssuedApiKey(UUID id, long version, @Nullable Long number, @Nullable String key)
    implements Versioned {

  static IssuedApiKey of(Written written, @Nullable KeyText key) {
    return new IssuedApiKey(
        written.id(), written.version(), written.number(), key == null ? null : key.text());
  }

  /** Without the key, wherever it ends up. */
  @Override
  public String toString() {
    return "IssuedApiKey[" + id + "]";
  }
}
