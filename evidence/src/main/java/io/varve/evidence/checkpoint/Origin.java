package io.varve.evidence.checkpoint;

import java.util.UUID;

/** The names of an installation's logs, and so of the keys that sign them. */
public final class Origin {

  private static final String PREFIX = "varve/";

  private Origin() {}

  /** Of the log over all tenants' checkpoints. */
  public static String ofLog(UUID platform) {
    return PREFIX + platform;
  }

  /** Of the tree over a tenant's events. */
  public static String ofTenant(UUID platform, UUID tenant) {
    return PREFIX + platform + '/' + tenant;
  }
}
