package io.varve.web.http;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.core.convert.converter.Converter;

/** A time in a query, with its offset, as RFC 3339 writes it. */
final class QueryTime implements Converter<String, Instant> {

  @Override
  public Instant convert(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }
}
