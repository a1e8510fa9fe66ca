package io.varve.evidence.bundle;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What a stream has come to, as of the manifest's size: an element, and but for the comma a line,
 * of {@link BundleFile#STATE}.
 *
 * @param sequence of its last event
 */
public record StateLine(String stream, UUID id, long sequence, JsonNode state) {}
