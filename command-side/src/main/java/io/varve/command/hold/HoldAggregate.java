package io.varve.command.hold;

import io.varve.command.Decided;
import io.varve.command.Links;
import io.varve.command.SecondPersonRefusal;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.hold.Hold;
import io.varve.events.hold.Hold.Say;
import io.varve.events.hold.HoldEvent;
import io.varve.events.hold.HoldEvent.HoldExtended;
import io.varve.events.hold.HoldEvent.HoldPlaced;
import io.varve.events.hold.HoldEvent.HoldReleaseAsked;
import io.varve.events.hold.HoldEvent.HoldReleaseWithdrawn;
import io.varve.events.hold.HoldEvent.HoldReleased;
import io.varve.events.identity.User;
import io.varve.events.rule.Rules;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one legal hold. */
@AggregateRoot(type = "hold")
public final class HoldAggregate extends StreamAggregate<Hold, HoldEvent> {

  HoldAggregate() {
    super(Hold.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided place(PlaceHold command, Links links) {
    links.wanted().all("/custodians", User.STREAM, Set.of(), command.custodians()).require();
    record(
        new HoldPlaced(
            command.id(),
            command.matter(),
            command.reason(),
            command.custodians(),
            command.scope(),
            SecondPersonRefusal.person()));
    return decided();
  }

  @CommandHandler
  Decided extend(ExtendHold command, Links links) {
    requireStanding();
    links
        .wanted()
        .all("/custodians", User.STREAM, state().custodians(), command.custodians())
        .require();
    new Rules()
        .hold(
            command.custodians().containsAll(state().custodians()),
            "/custodians",
            "narrowed",
            "must keep those that are there; only a release lets go of any")
        .hold(
            command.scope().includes(state().scope()),
            "/scope",
            "narrowed",
            "must keep all that is kept; only a release lets go of anything")
        .enforce();
    boolean wider =
        !command.custodians().equals(state().custodians())
            || !command.scope().equals(state().scope());
    if (wider) {
      record(new HoldExtended(command.custodians(), command.scope(), say(command.reason())));
    }
    return decided();
  }

  @CommandHandler
  Decided ask(AskForRelease command) {
    requireStanding();
    if (state().asked() != null) {
      throw new HoldRefusal.ReleaseIsAskedFor();
    }
    record(new HoldReleaseAsked(say(command.reason())));
    return decided();
  }

  @CommandHandler
  Decided withdraw(WithdrawRelease command) {
    asked();
    record(new HoldReleaseWithdrawn());
    return decided();
  }

  @CommandHandler
  Decided release(ReleaseHold command) {
    Say asked = asked();
    record(new HoldReleased(new Say(SecondPersonRefusal.second(asked.by()), command.reason())));
    return decided();
  }

  private Say asked() {
    requireStanding();
    Say asked = state().asked();
    if (asked == null) {
      throw new HoldRefusal.ReleaseIsNotAskedFor();
    }
    return asked;
  }

  private void requireStanding() {
    if (!state().stands()) {
      throw new HoldRefusal.HoldIsReleased();
    }
  }

  private static Say say(String reason) {
    return new Say(SecondPersonRefusal.person(), reason);
  }
}
