package io.varve.command.stream;

import org.axonframework.config.AggregateConfigurer;
import org.axonframework.eventsourcing.EventSourcingRepository;

/** Configures aggregates for the framework, all in the same way. */
public final class StreamAggregates {

  private StreamAggregates() {}

  /** An aggregate whose states are cached and whose streams belong to the caller's tenant. */
  public static <A extends StreamAggregate<?, ?>> AggregateConfigurer<A> of(
      Class<A> type, StateCache cache, Snapshots snapshots) {
    return AggregateConfigurer.defaultConfiguration(type)
        .configureCommandTargetResolver(c -> new StreamTargetResolver())
        .configureRepository(
            c ->
                new StreamRepository<>(
                    EventSourcingRepository.builder(type)
                        .eventStore(c.eventStore())
                        .parameterResolverFactory(c.parameterResolverFactory())
                        .handlerDefinition(c.handlerDefinition(type))
                        .repositoryProvider(c::repository)
                        .cache(cache)
                        .filterByAggregateType(),
                    snapshots));
  }
}
