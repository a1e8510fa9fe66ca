package io.varve.web.http;

/** The order of things that happened one after the other. */
public enum Order {
  NEWEST_FIRST,
  OLDEST_FIRST
}
