package io.varve.events.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.EventType;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.StreamId;
import io.varve.events.TenantEvent;
import io.varve.events.catalog.EventTypes.StoredType;
import io.varve.events.risk.Risk;
import io.varve.events.risk.RiskEvent.RiskReassessed;
import io.varve.events.risk.RiskId;
import io.varve.events.rule.Rules;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

class EventTypesTest {

  private static final EventTypes TYPES = EventTypes.catalog();

  @Test
  void everyNameIsTheStreamAndAVerbInThePast() {
    assertThat(TYPES.names())
        .allMatch(
            name ->
                name.matches(
                    "([a-z]+-)*[a-z]+\\.([a-z]+-)*([a-z]+ed|read|sent|set|set-up|withdrawn)"));
  }

  @Test
  void everyEventIsSaidInASentence() {
    assertThat(TYPES.names())
        .allSatisfy(
            name ->
                assertThat(TYPES.says(name).orElseThrow()).matches("[a-z][^{}.]*(\\{it}[^{}.]*)?"));
    assertThat(TYPES.says("risk.exploded")).isEmpty();
  }

  @Test
  void everyEventThereIsStandsInTheCatalog() throws Exception {
    Set<Class<?>> missing =
        ownClasses()
            .filter(TenantEvent.class::isAssignableFrom)
            .filter(type -> !type.isInterface() && !Modifier.isAbstract(type.getModifiers()))
            .filter(type -> !isKnown(type))
            .collect(Collectors.toSet());
    assertThat(missing).isEmpty();
  }

  @Test
  void everyStateThereIsHasItsStream() throws Exception {
    Set<Class<?>> states =
        ownClasses()
            .filter(State.class::isAssignableFrom)
            .filter(type -> !type.isInterface())
            .collect(Collectors.toSet());
    assertThat(Streams.all().stream().<Class<?>>map(StreamDefinition::stateType))
        .containsExactlyInAnyOrderElementsOf(states);
    assertThat(Streams.named("risk")).contains(Risk.STREAM);
    assertThat(Streams.named("Risk")).isEmpty();
  }

  @Test
  void anEventIsStoredUnderItsNameAndBelongsToItsStream() {
    var event = new RiskReassessed(4, 5);
    assertThat(TYPES.storedTypeOf(event)).isEqualTo(new StoredType("risk.reassessed", 1));
    assertThat(TYPES.streamOf(event)).isEqualTo(Risk.STREAM);
    assertThat(TYPES.revisionOf("risk.reassessed")).isEqualTo(1);
  }

  @Test
  void aNameThatNobodyKnowsIsNotDecoded() {
    for (String name :
        List.of("risk.exploded", "java.lang.String", RiskReassessed.class.getName(), "")) {
      assertThatThrownBy(() -> TYPES.decode(name, 1, "{}"))
          .isInstanceOf(UnknownEventTypeException.class);
    }
  }

  @Test
  void aRevisionWithoutAWayToTheNewestIsNotDecoded() {
    for (int revision : new int[] {-1, 0, 2, Integer.MAX_VALUE}) {
      assertThatThrownBy(
              () -> TYPES.decode("risk.reassessed", revision, "{\"likelihood\":1,\"impact\":1}"))
          .isInstanceOf(UnknownEventTypeException.class);
    }
  }

  @Test
  void aPayloadNamesNoClassToBeMadeOfIt() {
    assertThatThrownBy(
            () ->
                TYPES.decode(
                    "risk.reassessed",
                    1,
                    "{\"@class\":\"java.lang.Runtime\",\"likelihood\":1,\"impact\":1}"))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void anOldShapeIsLiftedStepByStepToTheNewest() {
    var types =
        new EventTypes(
            List.of(Lamp.STREAM),
            List.of(
                new Upcaster(
                    new StoredType("lamp.lit", 1),
                    json -> {
                      json.set("watts", json.remove("power"));
                      return json;
                    }),
                new Upcaster(new StoredType("lamp.lit", 2), json -> json.put("colour", "white"))));
    var expected = new LampLit(40, "white");
    assertThat(types.decode("lamp.lit", 1, "{\"power\":40}")).isEqualTo(expected);
    assertThat(types.decode("lamp.lit", 2, "{\"watts\":40}")).isEqualTo(expected);
    assertThat(types.decode("lamp.lit", 3, "{\"watts\":40,\"colour\":\"white\"}"))
        .isEqualTo(expected);
    assertThatThrownBy(() -> types.decode("lamp.lit", 4, "{}"))
        .isInstanceOf(UnknownEventTypeException.class);
  }

  @Test
  void aWayWithAMissingStepIsNoWay() {
    var types =
        new EventTypes(
            List.of(Lamp.STREAM),
            List.of(new Upcaster(new StoredType("lamp.lit", 1), ObjectNode::deepCopy)));
    assertThatThrownBy(() -> types.decode("lamp.lit", 1, "{\"power\":40}"))
        .isInstanceOf(UnknownEventTypeException.class);
  }

  @Test
  void anEventThatIsNamedAfterAnotherStreamIsRefusedAtTheStart() {
    var misnamed =
        new StreamDefinition<>("torch", Lamp.class, LampEvent.class, (was, event) -> new Lamp());
    assertThatThrownBy(() -> new EventTypes(List.of(misnamed), List.of()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void twoEventsOfOneNameAreRefusedAtTheStart() {
    assertThatThrownBy(() -> new EventTypes(List.of(Lamp.STREAM, Lamp.STREAM), List.of()))
        .isInstanceOf(IllegalStateException.class);
  }

  private static boolean isKnown(Class<?> type) {
    EventType name = type.getAnnotation(EventType.class);
    return name != null && TYPES.names().contains(name.value());
  }

  /** Every class of this module's main code, found on disk. */
  private static Stream<Class<?>> ownClasses() throws Exception {
    Path root =
        Path.of(TenantEvent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      List<Class<?>> classes =
          files
              .map(root::relativize)
              .map(Path::toString)
              .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
              .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
              .<Class<?>>map(EventTypesTest::load)
              .toList();
      return classes.stream();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, EventTypesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A stream of this test only, whose event has had three shapes. */
  sealed interface LampEvent extends TenantEvent {}

  @EventType(value = "lamp.lit", revision = 3, says = "lit the lamp {it}")
  record LampLit(int watts, String colour) implements LampEvent {}

  record Lamp() implements State {
    static final StreamDefinition<Lamp, LampEvent> STREAM =
        new StreamDefinition<>("lamp", Lamp.class, LampEvent.class, Lamp::evolve);

    static Lamp evolve(@Nullable Lamp lamp, LampEvent event) {
      return lamp == null ? new Lamp() : lamp;
    }

    @Override
    public StreamId id() {
      return new RiskId(new UUID(0, 0));
    }

    @Override
    public void check(Rules rules) {}
  }
}
