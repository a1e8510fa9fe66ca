package io.varve.web.openapi;

import io.varve.query.Listing;

/** A resource whose collection can be filtered and sorted as a listing says. */
public interface Lists {
  Listing<?> listing();
}
