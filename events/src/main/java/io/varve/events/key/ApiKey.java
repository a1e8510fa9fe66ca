package io.varve.events.key;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.key.ApiKeyEvent.ApiKeyIssued;
import io.varve.events.key.ApiKeyEvent.ApiKeyRevoked;
import io.varve.events.rule.Rules;
import io.varve.events.source.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What another system signs its requests with, on behalf of the user who made it.
 *
 * @param maker whose permissions bound those of the key
 * @param prefix the part of the key that is no secret and that it is found by
 * @param scopes what a key for the API may do; other uses have none
 * @param source of whose KRIs it brings values; a key for pushing has one
 * @param expires from when on the key opens nothing; null for never
 */
public record ApiKey(
    ApiKeyId id,
    String name,
    UserId maker,
    String prefix,
    Use use,
    SortedSet<KeyScope> scopes,
    @Nullable SourceId source,
    @Nullable Instant expires,
    Status status)
    implements State {

  public static final StreamDefinition<ApiKey, ApiKeyEvent> STREAM =
      new StreamDefinition<>("api-key", ApiKey.class, ApiKeyEvent.class, ApiKey::evolve);

  /** Under which kind the ledger claims prefixes. */
  public static final String PREFIX_CLAIM = "api-key.prefix";

  public static final int MAX_NAME = 200;

  /** How long a key that expires may be good for. */
  public static final Duration LONGEST = Duration.ofDays(731);

  private static final Pattern PREFIX = Pattern.compile("[a-z0-9]{8,12}");

  /** What may be done with a key. */
  public enum Use {
    /** Requests to the API, as far as its scopes go. */
    API,
    /** Values for the KRIs of one source. */
    PUSH,
    /** Users and groups, from a directory (SCIM, RFC 7644). */
    DIRECTORY
  }

  /** Whether the key was revoked. */
  public enum Status {
    ACTIVE,
    REVOKED
  }

  public ApiKey {
    scopes = Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
  }

  static ApiKey evolve(@Nullable ApiKey key, ApiKeyEvent event) {
    return switch (event) {
      case ApiKeyIssued e ->
          new ApiKey(
              e.id(),
              e.name(),
              e.maker(),
              e.prefix(),
              e.use(),
              e.scopes(),
              e.source(),
              e.expires(),
              Status.ACTIVE);
      case ApiKeyRevoked e -> requireNonNull(key).revoked();
    };
  }

  @Override
  public void check(Rules rules) {
    check(rules, name, prefix, use, scopes, source);
  }

  /** Reports what is wrong with the fields of a key that is there or wanted. */
  public static void check(
      Rules rules,
      @Nullable String name,
      @Nullable String prefix,
      @Nullable Use use,
      @Nullable SortedSet<KeyScope> scopes,
      @Nullable SourceId source) {
    rules
        .line("/name", name, MAX_NAME)
        .matches("/prefix", prefix, PREFIX, "must be 8 to 12 of the characters a-z and 0-9")
        .required("/use", use)
        .required("/scopes", scopes);
    if (scopes != null) {
      rules
          .hold(use != Use.API || !scopes.isEmpty(), "/scopes", "required", "must name a scope")
          .hold(use == Use.API || scopes.isEmpty(), "/scopes", "not-for-this-use", "must be empty");
    }
    rules
        .hold(use != Use.PUSH || source != null, "/source", "required", "is required for pushing")
        .hold(
            use == Use.PUSH || source == null,
            "/source",
            "not-for-this-use",
            "is only for a key that pushes");
  }

  /**
   * What the key may do: never more than its maker, who for a key of one use alone must be able to
   * do by hand what that key is for.
   *
   * @param maker what the maker may do now
   */
  public Set<Permission> permissions(Set<Permission> maker) {
    return switch (use) {
      case API ->
          scopes.stream()
              .flatMap(scope -> scope.permissions().stream())
              .filter(maker::contains)
              .collect(Collectors.toUnmodifiableSet());
      case PUSH ->
          maker.contains(Permission.OBSERVATION_WRITE)
              ? Set.of(Permission.OBSERVATION_PUSH)
              : Set.of();
      case DIRECTORY ->
          maker.containsAll(Set.of(Permission.USER_WRITE, Permission.GROUP_WRITE))
              ? Set.of(Permission.DIRECTORY_WRITE)
              : Set.of();
    };
  }

  public boolean isExpired(Instant now) {
    return expires != null && !expires.isAfter(now);
  }

  /** A revoked key keeps its prefix, so that its use is still recognised, and noted. */
  @Override
  public Set<UniqueValue> uniqueValues() {
    return Set.of(UniqueValue.inPlatform(PREFIX_CLAIM, prefix, "/prefix"));
  }

  private ApiKey revoked() {
    return new ApiKey(id, name, maker, prefix, use, scopes, source, expires, Status.REVOKED);
  }
}
