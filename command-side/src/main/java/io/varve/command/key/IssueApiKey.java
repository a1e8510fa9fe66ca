package io.varve.command.key;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.key.ApiKey;
import io.varve.events.key.ApiKeyId;
import io.varve.events.key.KeyScope;
import io.varve.events.rule.Rules;
import io.varve.events.source.SourceId;
import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes an API key, whose maker is the caller.
 *
 * @param prefix made by whoever makes the secret, and unique in the platform
 * @param scopes for the use {@code api} at least one, else none
 * @param source for the use {@code push} one that is pushed to, else none
 * @param expires in the future and at most {@link ApiKey#LONGEST} away; null for never
 */
@Requires(Permission.API_KEY_WRITE)
public record IssueApiKey(
    ApiKeyId id,
    String name,
    String prefix,
    ApiKey.Use use,
    SortedSet<KeyScope> scopes,
    @Nullable SourceId source,
    @Nullable Instant expires)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    ApiKey.check(rules, name, prefix, use, scopes, source);
  }
}
