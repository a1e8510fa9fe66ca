package io.varve.command.ledger;

import io.varve.command.stream.Recorded;
import io.varve.command.stream.Run;
import io.varve.command.stream.Snapshot;
import io.varve.command.stream.StreamKey;
import io.varve.events.Json;
import io.varve.events.TenantEvent;
import io.varve.events.UniqueValue;
import io.varve.events.access.Caller;
import io.varve.events.catalog.EventTypes;
import io.varve.events.catalog.EventTypes.StoredType;
import io.varve.events.catalog.Streams;
import io.varve.events.provenance.Provenance;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as the framework's event store. Tenant, actor and impersonator are stamped here, from
 * the caller that the command came with; nothing that a handler or an event says can change them.
 */
public final class LedgerStorageEngine implements EventStorageEngine {

  private static final int PAGE = 500;

  private final LedgerReader reader;
  private final StoredSnapshots snapshots;
  private final LedgerWriter writer;
  private final UUID platform;

  /**
   * @param platform the platform's own tenant, within which platform-wide values are unique
   */
  public LedgerStorageEngine(
      LedgerReader reader, StoredSnapshots snapshots, LedgerWriter writer, UUID platform) {
    this.reader = reader;
    this.snapshots = snapshots;
    this.writer = writer;
    this.platform = platform;
  }

  @Override
  public void appendEvents(List<? extends EventMessage<?>> messages) {
    Run run = Run.current();
    var events = new ArrayList<PendingEvent>(messages.size());
    var claims = new ClaimsOfCommand();
    boolean endsTenant = false;
    for (EventMessage<?> message : messages) {
      var domain = (DomainEventMessage<?>) message;
      Recorded recorded = Recorded.of(message.getMetaData());
      PendingEvent event = pending(domain, recorded, run.caller());
      events.add(event);
      endsTenant |= recorded.endsTenant();
      pending(recorded.claims().freed(), run.caller().tenant(), event.id()).forEach(claims::free);
      pending(recorded.claims().taken(), run.caller().tenant(), event.id()).forEach(claims::take);
    }
    store(run, events, claims, endsTenant, answer());
  }

  /** Remembers the answer of a command that had nothing to write. */
  public void remember(Run run, Object answer) {
    store(run, List.of(), new ClaimsOfCommand(), false, answer);
  }

  @Override
  public DomainEventStream readEvents(String key, long firstSequence) {
    StreamKey stream = StreamKey.parse(key);
    List<StoredEvent> ahead = Run.current().takeAhead(stream);
    if (ahead != null) {
      return DomainEventStream.of(
          ahead.stream()
              .filter(stored -> stored.sequence() >= firstSequence)
              .map(stored -> message(key, stored)));
    }
    return DomainEventStream.of(
        new StreamPages(
                reader, Scope.command(Caller.current().tenant()), stream, firstSequence, PAGE)
            .stream().map(stored -> message(key, stored)));
  }

  @Override
  public Stream<? extends TrackedEventMessage<?>> readEvents(
      @Nullable TrackingToken token, boolean mayBlock) {
    throw new UnsupportedOperationException("processors read the ledger themselves");
  }

  @Override
  public void storeSnapshot(DomainEventMessage<?> snapshot) {
    throw new UnsupportedOperationException("a snapshot is kept by the repository that made it");
  }

  @Override
  public Optional<DomainEventMessage<?>> readSnapshot(String key) {
    StreamKey stream = StreamKey.parse(key);
    if (Run.current().isAhead(stream)) {
      return Optional.empty();
    }
    return snapshots
        .find(Scope.command(Caller.current().tenant()), stream)
        .map(snapshot -> message(key, snapshot));
  }

  private void store(
      Run run,
      List<PendingEvent> events,
      ClaimsOfCommand claims,
      boolean endsTenant,
      @Nullable Object answer) {
    boolean remembered = run.terms().idempotency() != null && answer != null;
    Appended appended =
        writer.append(
            new Append(
                run.caller().tenant(),
                run.caller().actor().id(),
                events,
                claims.freed(),
                claims.taken(),
                endsTenant,
                run.terms().idempotency(),
                remembered && answer != null ? Json.write(answer) : null));
    run.stored(appended.number());
  }

  private static @Nullable Object answer() {
    var result = CurrentUnitOfWork.get().getExecutionResult();
    return result == null ? null : result.getResult().getPayload();
  }

  private Stream<PendingClaim> pending(Set<UniqueValue> values, UUID tenant, UUID holder) {
    return values.stream().map(value -> PendingClaim.of(value, tenant, holder, platform));
  }

  private static PendingEvent pending(
      DomainEventMessage<?> message, Recorded recorded, Caller caller) {
    var event = (TenantEvent) message.getPayload();
    StoredType type = EventTypes.catalog().storedTypeOf(event);
    var provenance =
        new Provenance(
            caller.actor(),
            caller.impersonator(),
            caller.via(),
            caller.reason(),
            caller.request(),
            caller.trace(),
            caller.ip(),
            recorded.diff());
    return new PendingEvent(
        EventTypes.catalog().streamOf(event).name(),
        StreamKey.parse(message.getAggregateIdentifier()).id(),
        message.getSequenceNumber(),
        message.getIdentifier(),
        type.name(),
        type.revision(),
        caller.actor(),
        caller.impersonator(),
        caller.request(),
        Json.write(event),
        Json.write(provenance));
  }

  private static DomainEventMessage<?> message(String key, Snapshot snapshot) {
    return new GenericDomainEventMessage<>(
        Streams.of(snapshot.state()).name(), key, snapshot.sequence(), snapshot);
  }

  private static DomainEventMessage<?> message(String key, StoredEvent stored) {
    return new GenericDomainEventMessage<>(
        stored.stream(),
        key,
        stored.sequence(),
        stored.event(),
        MetaData.emptyInstance(),
        stored.eventId().toString(),
        stored.at());
  }
}
