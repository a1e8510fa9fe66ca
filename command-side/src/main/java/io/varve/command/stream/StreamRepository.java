package io.varve.command.stream;

import io.varve.command.LedgerRefusal;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;

/** Loads aggregates in the terms of this platform: no such stream, not that version. */
final class StreamRepository<T> extends CachingEventSourcingRepository<T> {

  StreamRepository(EventSourcingRepository.Builder<T> builder) {
    super(builder);
  }

  @Override
  protected EventSourcedAggregate<T> doLoadWithLock(String key, @Nullable Long expectedVersion) {
    try {
      return super.doLoadWithLock(key, null);
    } catch (AggregateNotFoundException missing) {
      var refusal = new LedgerRefusal.NoSuchStream();
      refusal.initCause(missing);
      throw refusal;
    }
  }

  @Override
  protected void validateOnLoad(Aggregate<T> aggregate, @Nullable Long ignored) {
    Long expected = Run.current().expectedSequence();
    if (expected != null && !expected.equals(aggregate.version())) {
      throw new LedgerRefusal.Stale();
    }
    super.validateOnLoad(aggregate, null);
  }
}
