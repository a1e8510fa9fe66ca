package io.varve.web.key;

import io.varve.command.key.IssueApiKey;
import io.varve.events.key.ApiKey;
import io.varve.events.key.ApiKeyId;
import io.varve.events.key.KeyScope;
import io.varve.events.source.SourceId;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A key that is wanted.
 *
 * @param scopes for the use {@code api}
 * @param source for the use {@code push}
 * @param expires absent for never
 */
record NewApiKey(
    String name,
    ApiKey.Use use,
    @Nullable SortedSet<KeyScope> scopes,
    @Nullable SourceId source,
    @Nullable Instant expires) {

  IssueApiKey issue(ApiKeyId id, String prefix) {
    return new IssueApiKey(
        id,
        name,
        prefix,
        use,
        Objects.requireNonNullElse(scopes, Collections.emptySortedSet()),
        source,
        expires);
  }
}
