package io.varve.command.stream;

import java.util.UUID;

/**
 * A stream's identity to the framework: its tenant and its id. Because the tenant is part of it, a
 * lock, a cached state or a staged event of one tenant can never be taken for another's.
 */
public record StreamKey(UUID tenant, UUID id) {

  private static final int UUID_LENGTH = 36;

  /** Reads what {@link #toString()} writes. */
  public static StreamKey parse(String text) {
    return new StreamKey(
        UUID.fromString(text.substring(0, UUID_LENGTH)),
        UUID.fromString(text.substring(UUID_LENGTH + 1)));
  }

  @Override
  public String toString() {
    return tenant + ":" + id;
  }
}
