package io.varve.web.http;

import java.util.Collections;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What a field means that a request leaves out: nothing at all, as it replaces the whole thing. */
public final class Absent {

  private Absent() {}

  public static String text(@Nullable String given) {
    return given == null ? "" : given;
  }

  public static <T> SortedSet<T> set(@Nullable SortedSet<T> given) {
    return given == null ? Collections.emptySortedSet() : given;
  }
}
