package io.varve.command.control;

/**
 * Why one control of a catalog was not imported.
 *
 * @param id the catalog's identifier of the control, its first 64 characters
 * @param pointer what is wrong, as a JSON pointer into the catalog
 * @param code a stable name of the reason
 * @param message a sentence for a person
 */
public record ImportRefusal(String id, String pointer, String code, String message) {}
