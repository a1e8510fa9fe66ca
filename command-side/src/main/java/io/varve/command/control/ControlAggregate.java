package io.varve.command.control;

import io.varve.command.Decided;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.control.Control;
import io.varve.events.control.ControlEvent;
import io.varve.events.control.ControlEvent.ControlAssessed;
import io.varve.events.control.ControlEvent.ControlDefined;
import io.varve.events.control.ControlEvent.ControlDescribed;
import io.varve.events.control.ControlEvent.ControlSlugChanged;
import io.varve.events.control.ControlEvent.ControlTechniquesMapped;
import io.varve.events.identity.User;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one control. */
@AggregateRoot(type = "control")
public final class ControlAggregate extends StreamAggregate<Control, ControlEvent> {

  ControlAggregate() {
    super(Control.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided adopt(AdoptControl command, Links links) {
    links.wanted().one("/owner", User.STREAM, null, command.owner()).require();
    record(
        new ControlDefined(
            command.id(),
            command.slug(),
            command.title(),
            command.statement(),
            command.framework(),
            command.owner(),
            command.status(),
            command.effectiveness(),
            command.techniques()));
    return decided();
  }

  @CommandHandler
  Decided revise(ReviseControl command, Links links) {
    links.wanted().one("/owner", User.STREAM, state().owner(), command.owner()).require();
    record(
        new ControlDescribed(
            command.title(), command.statement(), command.framework(), command.owner()));
    record(new ControlSlugChanged(command.slug()));
    record(new ControlAssessed(command.status(), command.effectiveness()));
    record(new ControlTechniquesMapped(command.techniques()));
    return decided();
  }
}
