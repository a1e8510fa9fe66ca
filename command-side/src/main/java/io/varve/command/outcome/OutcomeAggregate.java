package io.varve.command.outcome;

import io.varve.command.Decided;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.identity.User;
import io.varve.events.outcome.Outcome;
import io.varve.events.outcome.OutcomeEvent;
import io.varve.events.outcome.OutcomeEvent.OutcomeDefined;
import io.varve.events.outcome.OutcomeEvent.OutcomeDescribed;
import io.varve.events.outcome.OutcomeEvent.OutcomeRisksLinked;
import io.varve.events.risk.Risk;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one outcome. */
@AggregateRoot(type = "outcome")
public final class OutcomeAggregate extends StreamAggregate<Outcome, OutcomeEvent> {

  OutcomeAggregate() {
    super(Outcome.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided define(DefineOutcome command, Links links) {
    links
        .wanted()
        .one("/owner", User.STREAM, null, command.owner())
        .all("/risks", Risk.STREAM, Set.of(), command.risks())
        .require();
    record(
        new OutcomeDefined(command.id(), command.title(), command.description(), command.owner()));
    record(new OutcomeRisksLinked(command.risks()));
    return decided();
  }

  @CommandHandler
  Decided revise(ReviseOutcome command, Links links) {
    links
        .wanted()
        .one("/owner", User.STREAM, state().owner(), command.owner())
        .all("/risks", Risk.STREAM, state().risks(), command.risks())
        .require();
    record(new OutcomeDescribed(command.title(), command.description(), command.owner()));
    record(new OutcomeRisksLinked(command.risks()));
    return decided();
  }
}
