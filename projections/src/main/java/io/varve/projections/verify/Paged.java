package io.varve.projections.verify;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows in their order, read a page at a time when they are needed.
 *
 * @param <T> a row, which tells where the next page begins
 */
final class Paged<T> {

  private final Function<@Nullable T, List<T>> read;
  private List<T> page = List.of();
  private @Nullable T last;
  private int next;
  private boolean ended;

  /**
   * @param read the page after a row, or the first; an empty one at the end
   */
  Paged(Function<@Nullable T, List<T>> read) {
    this.read = read;
  }

  /** The next row, which stays the next until {@link #next()}; null at the end. */
  @Nullable T peek() {
    if (next == page.size() && !ended) {
      page = read.apply(last);
      next = 0;
      ended = page.isEmpty();
    }
    return ended ? null : page.get(next);
  }

  /** The next row; null at the end. */
  @Nullable T next() {
    T row = peek();
    if (row != null) {
      last = row;
      next++;
    }
    return row;
  }
}
