package io.varve.events.provenance;

import java.util.Locale;
import java.util.UUID;

/**
 * Who did something. Only ever an identifier: names are resolved when the trail is read.
 *
 * @param id the user, key, connector or workflow
 */
public record Actor(Kind kind, UUID id) {

  /** What sort of actor. */
  public enum Kind {
    USER,
    API_KEY,
    CONNECTOR,
    WORKFLOW,
    PANEL,
    SYSTEM;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** How it stands in the ledger: lower-case, with hyphens. */
    public String text() {
      return text;
    }
  }

  public static Actor user(UUID id) {
    return new Actor(Kind.USER, id);
  }

  public static Actor apiKey(UUID id) {
    return new Actor(Kind.API_KEY, id);
  }

  public static Actor system(UUID id) {
    return new Actor(Kind.SYSTEM, id);
  }
}
