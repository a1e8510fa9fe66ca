package io.varve.query;

/**
 * A field by which a list can be sorted; the identifier decides between equal values.
 *
 * @param name as callers say it
 * @param column the column, never null, of a type that has an order
 * @param type the column's SQL type
 * @param id the identifier in the table of {@code column}, so that one index serves both
 */
public record Sort(String name, String column, String type, String id) {

  /** Creation is the order of the identifiers (UUID version 7) and never changes. */
  public static final Sort CREATED = new Sort("created", "d.id", "uuid", "d.id");

  public static final Sort UPDATED = new Sort("updated", "d.number", "bigint", "d.id");

  /** A column of the documents' own table. */
  public static Sort by(String name, String type) {
    return new Sort(name, "d." + name, type, "d.id");
  }
}
