package io.varve.command.session;

import io.varve.command.Decided;
import io.varve.command.LedgerRefusal;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.access.Caller;
import io.varve.events.identity.User;
import io.varve.events.provenance.Actor;
import io.varve.events.rule.Rules;
import io.varve.events.session.Session;
import io.varve.events.session.SessionEvent;
import io.varve.events.session.SessionEvent.SessionEnded;
import io.varve.events.session.SessionEvent.SessionStarted;
import io.varve.events.session.SessionEvent.SessionVerified;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one session. */
@AggregateRoot(type = "session")
public final class SessionAggregate extends StreamAggregate<Session, SessionEvent> {

  SessionAggregate() {
    super(Session.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided start(StartSession command, Links links, Clock clock) {
    var rules = new Rules();
    rules.hold(
        command.expires().isAfter(clock.instant()), "/expires", "past", "must be in the future");
    rules.enforce();
    links.wanted().one("/user", User.STREAM, null, command.user()).require();
    record(
        new SessionStarted(
            command.id(),
            command.user(),
            command.epoch(),
            command.method(),
            command.factor(),
            command.verifiedAt(),
            command.failuresBefore(),
            command.expires()));
    return decided();
  }

  @CommandHandler
  Decided verify(VerifySession command, Clock clock) {
    if (state().status() == Session.Status.ENDED || !state().expires().isAfter(clock.instant())) {
      throw new SessionRefusal.SessionIsOver();
    }
    record(new SessionVerified(command.factor(), clock.instant()));
    return decided();
  }

  @CommandHandler
  Decided end(EndSession command) {
    return end(command.reason());
  }

  /** Another user's session is to the caller as if it were not there. */
  @CommandHandler
  Decided signOut(SignOut command) {
    if (!Caller.current().actor().equals(Actor.user(state().user().value()))) {
      throw new LedgerRefusal.NoSuchStream();
    }
    return end(Session.Ending.SIGNED_OUT);
  }

  private Decided end(Session.Ending reason) {
    if (state().status() == Session.Status.OPEN) {
      record(new SessionEnded(reason));
    }
    return decided();
  }
}
