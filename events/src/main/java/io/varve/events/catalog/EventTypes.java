package io.varve.events.catalog;

import io.varve.events.EventType;
import io.varve.events.Json;
import io.varve.events.StreamDefinition;
import io.varve.events.TenantEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * The closed map between the names in the ledger and the classes that stand for them. What is not
 * in it cannot be decoded, whatever the data says.
 */
public final class EventTypes {

  private static final EventTypes CATALOG = new EventTypes(Streams.all(), List.of());

  /** The name and revision under which an event is stored. */
  public record StoredType(String name, int revision) {}

  private record Known(
      StoredType stored,
      String says,
      StreamDefinition<?, ?> stream,
      Class<? extends TenantEvent> type) {}

  private final Map<String, Known> byName = new HashMap<>();
  private final Map<Class<?>, Known> byClass = new HashMap<>();
  private final Map<StoredType, Upcaster> upcasters = new HashMap<>();

  EventTypes(List<StreamDefinition<?, ?>> streams, List<Upcaster> upcasters) {
    for (StreamDefinition<?, ?> stream : streams) {
      for (Class<?> type : stream.eventType().getPermittedSubclasses()) {
        add(stream, type.asSubclass(TenantEvent.class));
      }
    }
    for (Upcaster upcaster : upcasters) {
      this.upcasters.put(upcaster.from(), upcaster);
    }
  }

  /** The types of {@link Streams#all()}. */
  public static EventTypes catalog() {
    return CATALOG;
  }

  public Set<String> names() {
    return new TreeSet<>(byName.keySet());
  }

  /** The name and revision of an event's class. */
  public StoredType storedTypeOf(TenantEvent event) {
    return known(event).stored();
  }

  /** The stream that an event belongs to. */
  public StreamDefinition<?, ?> streamOf(TenantEvent event) {
    return known(event).stream();
  }

  /** The newest revision of a type. */
  public int revisionOf(String name) {
    return known(name).stored().revision();
  }

  /** What the actor of such an event did, as {@link EventType#says()}; nothing if none is known. */
  public Optional<String> says(String name) {
    return Optional.ofNullable(byName.get(name)).map(Known::says);
  }

  /**
   * Reads a stored event, lifting an older shape to the newest.
   *
   * @throws UnknownEventTypeException if no such type, or no way from that revision, is known
   */
  public TenantEvent decode(String name, int revision, String payload) {
    Known known = known(name);
    int newest = known.stored().revision();
    if (revision == newest) {
      return Json.read(payload, known.type());
    }
    ObjectNode json = Json.read(payload, ObjectNode.class);
    for (int r = revision; r != newest; r++) {
      Upcaster upcaster = upcasters.get(new StoredType(name, r));
      if (upcaster == null) {
        throw new UnknownEventTypeException(name, revision);
      }
      json = upcaster.lift().apply(json);
    }
    return Json.MAPPER.treeToValue(json, known.type());
  }

  private Known known(String name) {
    Known known = byName.get(name);
    if (known == null) {
      throw new UnknownEventTypeException(name, 0);
    }
    return known;
  }

  private Known known(TenantEvent event) {
    Known known = byClass.get(event.getClass());
    if (known == null) {
      throw new UnknownEventTypeException(event.getClass().getSimpleName(), 0);
    }
    return known;
  }

  private void add(StreamDefinition<?, ?> stream, Class<? extends TenantEvent> type) {
    EventType name = type.getAnnotation(EventType.class);
    if (name == null || !name.value().startsWith(stream.name() + ".")) {
      throw new IllegalStateException(type + " is not named as an event of " + stream.name());
    }
    var known = new Known(new StoredType(name.value(), name.revision()), name.says(), stream, type);
    byClass.put(type, known);
    if (byName.put(name.value(), known) != null) {
      throw new IllegalStateException("two events are called " + name.value());
    }
  }
}
