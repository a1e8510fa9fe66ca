package io.varve.web.key;

import io.varve.events.key.ApiKeyId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key whose secret was given rightly. What it is still worth is another question.
 *
 * @param lastUsed roughly; null for never
 */
public record KnownKey(UUID home, ApiKeyId id, @Nullable Instant lastUsed) {}
