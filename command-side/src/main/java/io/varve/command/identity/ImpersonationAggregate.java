package io.varve.command.identity;

import io.varve.command.Decided;
import io.varve.command.States;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.Impersonation;
import io.varve.events.identity.ImpersonationEvent;
import io.varve.events.identity.ImpersonationEvent.ImpersonationEnded;
import io.varve.events.identity.ImpersonationEvent.ImpersonationStarted;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.provenance.Actor;
import io.varve.events.rule.Rules;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Decides commands on one impersonation. */
@AggregateRoot(type = "impersonation")
public final class ImpersonationAggregate
    extends StreamAggregate<Impersonation, ImpersonationEvent> {

  ImpersonationAggregate() {
    super(Impersonation.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided start(StartImpersonation command, States states, Clock clock) {
    Caller caller = Caller.current();
    if (caller.impersonator() != null) {
      throw new ImpersonationRefusal.ImpersonationNests();
    }
    requireTime(command.until(), clock.instant());
    requireTarget(
        states.find(User.STREAM, caller.tenant(), Set.of(command.user())).get(command.user()));
    record(
        new ImpersonationStarted(
            command.id(),
            new UserId(caller.actor().id()),
            command.adminHome(),
            command.session(),
            command.user(),
            command.reason(),
            command.until()));
    return decided();
  }

  @CommandHandler
  Decided end(EndImpersonation command, Clock clock) {
    requireSay(Caller.current());
    if (!state().lasts(clock.instant())) {
      throw new ImpersonationRefusal.ImpersonationIsOver();
    }
    record(new ImpersonationEnded());
    return decided();
  }

  private static void requireTime(Instant until, Instant now) {
    var rules = new Rules();
    rules.hold(
        until.isAfter(now) && !until.isAfter(now.plus(Impersonation.LONGEST)),
        "/until",
        "out-of-range",
        "must be at most an hour from now");
    rules.enforce();
  }

  private static void requireTarget(@Nullable User user) {
    var rules = new Rules();
    rules.hold(
        user != null && user.role().scope() == Role.Scope.TENANT,
        "/user",
        "no-such-user",
        "names no user of the tenant");
    rules.enforce();
    if (user != null && user.status() != User.Status.ACTIVE) {
      throw new UserRefusal.UserIsDisabled();
    }
  }

  private void requireSay(Caller caller) {
    Actor admin = Actor.user(state().admin().value());
    Actor acting = caller.impersonator() == null ? caller.actor() : caller.impersonator();
    if (!admin.equals(acting)) {
      caller.require(Permission.USER_WRITE);
    }
  }
}
