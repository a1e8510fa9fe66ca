package io.varve.web.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a write.
 *
 * @param id the thing that was written
 * @param version its version now, as in its ETag
 * @param number the number of the tenant's last event, to be sent as {@code Varve-Number} with a
 *     read that must know of this write; absent if nothing changed
 */
public record Written(UUID id, long version, @Nullable Long number) {}
