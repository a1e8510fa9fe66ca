package io.varve.command.risk;

import io.varve.command.Decided;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.control.Control;
import io.varve.events.identity.User;
import io.varve.events.risk.Risk;
import io.varve.events.risk.RiskEvent;
import io.varve.events.risk.RiskEvent.RiskClosed;
import io.varve.events.risk.RiskEvent.RiskControlsLinked;
import io.varve.events.risk.RiskEvent.RiskDescribed;
import io.varve.events.risk.RiskEvent.RiskIdentified;
import io.varve.events.risk.RiskEvent.RiskReassessed;
import io.varve.events.risk.RiskEvent.RiskReopened;
import io.varve.events.risk.RiskEvent.RiskTreatmentDecided;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one risk. */
@AggregateRoot(type = "risk")
public final class RiskAggregate extends StreamAggregate<Risk, RiskEvent> {

  RiskAggregate() {
    super(Risk.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided identify(IdentifyRisk command, Links links) {
    links
        .wanted()
        .one("/owner", User.STREAM, null, command.owner())
        .all("/controls", Control.STREAM, Set.of(), command.controls())
        .require();
    record(
        new RiskIdentified(
            command.id(),
            command.title(),
            command.description(),
            command.category(),
            command.owner(),
            command.likelihood(),
            command.impact(),
            command.treatment()));
    record(new RiskControlsLinked(command.controls()));
    return decided();
  }

  @CommandHandler
  Decided revise(ReviseRisk command, Links links) {
    if (state().status() == Risk.Status.CLOSED) {
      throw new RiskRefusal.RiskIsClosed();
    }
    links
        .wanted()
        .one("/owner", User.STREAM, state().owner(), command.owner())
        .all("/controls", Control.STREAM, state().controls(), command.controls())
        .require();
    record(
        new RiskDescribed(
            command.title(), command.description(), command.category(), command.owner()));
    record(new RiskReassessed(command.likelihood(), command.impact()));
    record(new RiskTreatmentDecided(command.treatment()));
    record(new RiskControlsLinked(command.controls()));
    return decided();
  }

  @CommandHandler
  Decided close(CloseRisk command) {
    if (state().status() == Risk.Status.CLOSED) {
      throw new RiskRefusal.RiskIsClosed();
    }
    record(new RiskClosed());
    return decided();
  }

  @CommandHandler
  Decided reopen(ReopenRisk command) {
    if (state().status() == Risk.Status.OPEN) {
      throw new RiskRefusal.RiskIsOpen();
    }
    record(new RiskReopened());
    return decided();
  }
}
