package io.varve.command.key;

import io.varve.command.Decided;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.access.Caller;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.key.ApiKey;
import io.varve.events.key.ApiKeyEvent;
import io.varve.events.key.ApiKeyEvent.ApiKeyIssued;
import io.varve.events.key.ApiKeyEvent.ApiKeyRevoked;
import io.varve.events.rule.Rules;
import io.varve.events.source.Source;
import java.time.Clock;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Decides commands on one API key. */
@AggregateRoot(type = "api-key")
public final class ApiKeyAggregate extends StreamAggregate<ApiKey, ApiKeyEvent> {

  ApiKeyAggregate() {
    super(ApiKey.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided issue(IssueApiKey command, Links links, PushedSources pushed, Clock clock) {
    var maker = new UserId(Caller.current().actor().id());
    links
        .wanted()
        .one("/maker", User.STREAM, null, maker)
        .one("/source", Source.STREAM, null, command.source())
        .require();
    var rules = new Rules();
    rules.hold(
        command.source() == null || pushed.contain(command.source()),
        "/source",
        "not-pushed-to",
        "must be a source that other systems send values to");
    checkExpiry(rules, command.expires(), clock.instant());
    rules.enforce();
    record(
        new ApiKeyIssued(
            command.id(),
            command.name(),
            maker,
            command.prefix(),
            command.use(),
            command.scopes(),
            command.source(),
            command.expires()));
    return decided();
  }

  @CommandHandler
  Decided revoke(RevokeApiKey command) {
    if (state().status() == ApiKey.Status.REVOKED) {
      throw new ApiKeyRefusal.ApiKeyIsRevoked();
    }
    record(new ApiKeyRevoked());
    return decided();
  }

  private static void checkExpiry(Rules rules, @Nullable Instant expires, Instant now) {
    rules
        .hold(expires == null || expires.isAfter(now), "/expires", "past", "must be in the future")
        .hold(
            expires == null || !expires.isAfter(now.plus(ApiKey.LONGEST)),
            "/expires",
            "too-far",
            "must be at most two years away");
  }
}
