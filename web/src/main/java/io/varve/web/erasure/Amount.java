package io.varve.web.erasure;

import java.util.List;
import java.util.Map;

/**
 * How much there is, or was, of one sort.
 *
 * @param what for example {@code sessions}
 */
record Amount(String what, long count) {

  static List<Amount> of(Map<String, Long> amounts) {
    return amounts.entrySet().stream()
        .map(amount -> new Amount(amount.getKey(), amount.getValue()))
        .toList();
  }
}
