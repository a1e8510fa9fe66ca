package io.varve.events.catalog;

import io.varve.events.catalog.EventTypes.StoredType;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lifts the payload of one revision of an event to the next. What is stored stays as it is.
 *
 * @param from the type and revision that it reads; it writes the revision after
 */
public record Upcaster(StoredType from, UnaryOperator<ObjectNode> lift) {}
