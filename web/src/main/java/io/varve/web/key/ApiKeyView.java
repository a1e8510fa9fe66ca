package io.varve.web.key;

import io.varve.events.identity.UserId;
import io.varve.events.key.ApiKey;
import io.varve.events.key.ApiKeyId;
import io.varve.events.key.KeyScope;
import io.varve.events.source.SourceId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An API key, of which the prefix is all that can be read.
 *
 * @param lastUsed to a few minutes; absent for never
 */
record ApiKeyView(
    ApiKeyId id,
    long version,
    Instant created,
    Instant updated,
    String name,
    UserId maker,
    String prefix,
    ApiKey.Use use,
    SortedSet<KeyScope> scopes,
    @Nullable SourceId source,
    @Nullable Instant expires,
    ApiKey.Status status,
    @Nullable Instant lastUsed)
    implements Versioned {

  static ApiKeyView of(Document<ApiKey> document, Function<UUID, @Nullable Instant> lastUsed) {
    ApiKey key = document.state();
    return new ApiKeyView(
        key.id(),
        document.sequence(),
        document.created(),
        document.at(),
        key.name(),
        key.maker(),
        key.prefix(),
        key.use(),
        key.scopes(),
        key.source(),
        key.expires(),
        key.status(),
        lastUsed.apply(document.id()));
  }
}
