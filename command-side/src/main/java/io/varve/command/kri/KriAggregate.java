package io.varve.command.kri;

import io.varve.command.Decided;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.kri.Kri;
import io.varve.events.kri.KriEvent;
import io.varve.events.kri.KriEvent.KriDefined;
import io.varve.events.kri.KriEvent.KriDescribed;
import io.varve.events.kri.KriEvent.KriLinked;
import io.varve.events.kri.KriEvent.KriObserved;
import io.varve.events.kri.KriEvent.KriSlugChanged;
import io.varve.events.kri.KriEvent.KriSourceAssigned;
import io.varve.events.kri.KriEvent.KriThresholdsSet;
import io.varve.events.outcome.Outcome;
import io.varve.events.risk.Risk;
import io.varve.events.rule.Rules;
import io.varve.events.source.Source;
import io.varve.events.source.SourceId;
import java.time.Clock;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one KRI. What it observed is in its stream too. */
@AggregateRoot(type = "kri")
public final class KriAggregate extends StreamAggregate<Kri, KriEvent> {

  KriAggregate() {
    super(Kri.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided define(DefineKri command, Links links) {
    links
        .wanted()
        .one("/source", Source.STREAM, null, command.source())
        .all("/risks", Risk.STREAM, Set.of(), command.risks())
        .one("/outcome", Outcome.STREAM, null, command.outcome())
        .require();
    record(
        new KriDefined(
            command.id(),
            command.slug(),
            command.name(),
            command.description(),
            command.unit(),
            command.source(),
            command.warn(),
            command.critical(),
            command.direction()));
    record(new KriLinked(command.risks(), command.outcome()));
    return decided();
  }

  @CommandHandler
  Decided revise(ReviseKri command, Links links) {
    links
        .wanted()
        .one("/source", Source.STREAM, state().source(), command.source())
        .all("/risks", Risk.STREAM, state().risks(), command.risks())
        .one("/outcome", Outcome.STREAM, state().outcome(), command.outcome())
        .require();
    record(new KriDescribed(command.name(), command.description(), command.unit()));
    record(new KriSlugChanged(command.slug()));
    record(new KriSourceAssigned(command.source()));
    record(new KriThresholdsSet(command.warn(), command.critical(), command.direction()));
    record(new KriLinked(command.risks(), command.outcome()));
    return decided();
  }

  @CommandHandler
  Decided observe(ObserveKri command, Links links, Clock clock) {
    SourceId source = command.source() == null ? state().source() : command.source();
    links.wanted().one("/source", Source.STREAM, state().source(), source).require();
    var observed =
        new KriObserved(
            command.observation(),
            command.value(),
            command.observedAt(),
            source,
            command.note(),
            command.noteAddress());
    var rules = new Rules();
    observed.toObservation().check(rules, clock.instant());
    rules.enforce();
    record(observed);
    return decided();
  }

  boolean isOf(SourceId source) {
    return state().source().equals(source);
  }

  /** Records a value that its own source has sent. */
  void take(PushedValue value) {
    record(
        new KriObserved(
            value.observation(),
            value.value(),
            value.observedAt(),
            state().source(),
            value.note(),
            value.noteAddress()));
  }
}
