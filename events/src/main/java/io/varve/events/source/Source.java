package io.varve.events.source;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.rule.Rules;
import io.varve.events.source.SourceEvent.SourceConfigured;
import io.varve.events.source.SourceEvent.SourceCredentialSet;
import io.varve.events.source.SourceEvent.SourceDescribed;
import io.varve.events.source.SourceEvent.SourcePaused;
import io.varve.events.source.SourceEvent.SourceRegistered;
import io.varve.events.source.SourceEvent.SourceRescheduled;
import io.varve.events.source.SourceEvent.SourceResumed;
import io.varve.events.vendor.VendorId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of KRIs come from.
 *
 * @param vendor who runs it, where that is a vendor of the tenant
 * @param endpoint an http(s) URL without user or password; a connector has one
 * @param credential where the vault keeps the secret for the endpoint; never the secret
 * @param schedule how often a value is expected
 * @param config settings that are no secret
 */
public record Source(
    SourceId id,
    String name,
    Kind kind,
    @Nullable VendorId vendor,
    @Nullable String endpoint,
    Auth auth,
    @Nullable UUID credential,
    Schedule schedule,
    Config config,
    Activity state)
    implements State {

  public static final StreamDefinition<Source, SourceEvent> STREAM =
      new StreamDefinition<>("source", Source.class, SourceEvent.class, Source::evolve);

  public static final int MAX_NAME = 200;
  public static final int MAX_ENDPOINT = 2_000;

  /** How values arrive. */
  public enum Kind {
    /** A person enters them. */
    MANUAL,
    /** Another system sends them. */
    EXTERNAL_PUSH,
    /** A connector of ours fetches them. */
    CONNECTOR
  }

  /** How one signs in at the endpoint. */
  public enum Auth {
    NONE,
    BASIC,
    BEARER,
    API_KEY,
    OAUTH2,
    MUTUAL_TLS
  }

  /** Whether values are taken from the source now. */
  public enum Activity {
    ACTIVE,
    PAUSED
  }

  static Source evolve(@Nullable Source source, SourceEvent event) {
    if (event instanceof SourceRegistered e) {
      return new Source(
          e.id(),
          e.name(),
          e.kind(),
          e.vendor(),
          e.endpoint(),
          e.auth(),
          null,
          e.schedule(),
          e.config(),
          Activity.ACTIVE);
    }
    Source was = requireNonNull(source);
    return switch (event) {
      case SourceRegistered e -> throw new IllegalStateException("a source is registered once");
      case SourceDescribed e -> was.described(e.name(), e.vendor());
      case SourceConfigured e -> was.configured(e.endpoint(), e.auth(), e.config());
      case SourceCredentialSet e -> was.signingInWith(e.credential());
      case SourceRescheduled e -> was.rescheduled(e.schedule());
      case SourcePaused e -> was.standing(Activity.PAUSED);
      case SourceResumed e -> was.standing(Activity.ACTIVE);
    };
  }

  @Override
  public void check(Rules rules) {
    rules.line("/name", name, MAX_NAME);
    if (endpoint != null) {
      rules.httpUrl("/endpoint", endpoint, MAX_ENDPOINT);
    }
    rules.hold(
        kind != Kind.CONNECTOR || endpoint != null,
        "/endpoint",
        "required",
        "is required for a connector");
    config.check(rules, "/config");
  }

  private Source described(String name, @Nullable VendorId vendor) {
    return new Source(id, name, kind, vendor, endpoint, auth, credential, schedule, config, state);
  }

  private Source configured(@Nullable String endpoint, Auth auth, Config config) {
    return new Source(id, name, kind, vendor, endpoint, auth, credential, schedule, config, state);
  }

  private Source signingInWith(@Nullable UUID credential) {
    return new Source(id, name, kind, vendor, endpoint, auth, credential, schedule, config, state);
  }

  private Source rescheduled(Schedule schedule) {
    return new Source(id, name, kind, vendor, endpoint, auth, credential, schedule, config, state);
  }

  private Source standing(Activity state) {
    return new Source(id, name, kind, vendor, endpoint, auth, credential, schedule, config, state);
  }
}
