package io.varve.command.stream;

import io.varve.command.LedgerRefusal;
import io.varve.postgres.DatabaseException;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads aggregates in the terms of this platform: no such stream, not that version. */
final class StreamRepository<T extends StreamAggregate<?, ?>>
    extends CachingEventSourcingRepository<T> {

  private static final Logger log = LoggerFactory.getLogger(StreamRepository.class);

  private final Snapshots snapshots;

  StreamRepository(EventSourcingRepository.Builder<T> builder, Snapshots snapshots) {
    super(builder);
    this.snapshots = snapshots;
  }

  /** Called before the commit; a state is snapshot only once its events are durable. */
  @Override
  protected void doSaveWithLock(EventSourcedAggregate<T> aggregate) {
    super.doSaveWithLock(aggregate);
    CurrentUnitOfWork.get().afterCommit(unit -> keepSnapshot(aggregate));
  }

  /** The command is stored whatever becomes of this, so it must not fail for it. */
  private void keepSnapshot(EventSourcedAggregate<T> aggregate) {
    try {
      aggregate.getAggregateRoot().keepSnapshot(aggregate.version(), snapshots);
    } catch (DatabaseException failure) {
      log.warn("a snapshot could not be kept", failure);
    }
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
