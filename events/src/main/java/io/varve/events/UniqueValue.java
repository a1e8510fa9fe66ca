package io.varve.events;

/**
 * A value that only one stream may hold, within its tenant or within the whole platform.
 *
 * @param kind what it is, for example {@code kri.slug}
 * @param value the value; a personal one stands here as a keyed hash only
 * @param pointer the JSON pointer of the field that holds it, for telling a caller what is taken
 */
public record UniqueValue(Reach reach, String kind, String value, String pointer) {

  /** How far uniqueness reaches. */
  public enum Reach {
    TENANT,
    PLATFORM
  }

  public static UniqueValue inTenant(String kind, String value, String pointer) {
    return new UniqueValue(Reach.TENANT, kind, value, pointer);
  }

  public static UniqueValue inPlatform(String kind, String value, String pointer) {
    return new UniqueValue(Reach.PLATFORM, kind, value, pointer);
  }
}
