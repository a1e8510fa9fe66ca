package io.varve.query.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the trail.
 *
 * @param items at most as many as were asked for; fewer, even none, is not the end
 * @param next the cursor of the page after this one; null at the end
 * @param total how many events there were, on all pages, when the first page was asked for
 * @param totalIsExact whether that was counted, not estimated
 */
public record AuditPage<T>(List<T> items, @Nullable String next, long total, boolean totalIsExact) {

  /** The same page, of what its items are shown as. */
  public <R> AuditPage<R> with(List<R> views) {
    return new AuditPage<>(views, next, total, totalIsExact);
  }
}
