package io.varve.web.http;

import org.springframework.core.convert.converter.Converter;

/** An order in a query, written as in JSON. */
final class QueryOrder implements Converter<String, Order> {

  @Override
  public Order convert(String text) {
    return switch (text) {
      case "newest-first" -> Order.NEWEST_FIRST;
      case "oldest-first" -> Order.OLDEST_FIRST;
      default -> throw new IllegalArgumentException("no order");
    };
  }
}
