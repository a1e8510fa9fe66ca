package io.varve.events.diff;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One changed place.
 *
 * @param path where, as a JSON pointer (RFC 6901) into the state
 * @param from what stood there before; absent on creation
 * @param to what stands there now; absent on removal
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Change(String path, @Nullable JsonNode from, @Nullable JsonNode to) {}
