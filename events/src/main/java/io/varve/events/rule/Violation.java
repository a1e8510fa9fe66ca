package io.varve.events.rule;

/**
 * One rule that a value breaks.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) into the request or the state
 * @param code a stable name of the rule, for example {@code out-of-range}
 * @param message a sentence for a person
 */
public record Violation(String pointer, String code, String message) {}
