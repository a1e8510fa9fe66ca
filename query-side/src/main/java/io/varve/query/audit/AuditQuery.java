package io.varve.query.audit;

import org.jspecify.annotations.Nullable;

/**
 * A page of the trail that is wanted.
 *
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param cursor of the page before; null for the first
 */
public record AuditQuery(
    AuditFilter filter, boolean newestFirst, int limit, @Nullable String cursor) {

  public static final int MAX_LIMIT = 200;
  public static final int DEFAULT_LIMIT = 50;

  public static final AuditQuery NEWEST =
      new AuditQuery(AuditFilter.ALL, true, DEFAULT_LIMIT, null);
}
