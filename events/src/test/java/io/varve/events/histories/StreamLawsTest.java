package io.varve.events.histories;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.TenantEvent;
import io.varve.events.catalog.EventTypes;
import io.varve.events.catalog.EventTypes.StoredType;
import io.varve.events.catalog.Streams;
import io.varve.events.diff.Diff;
import io.varve.events.kri.KriEvent.KriObserved;
import io.varve.events.rule.Rules;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The laws that every stream keeps, whatever happens in it. */
class StreamLawsTest {

  private static final EventTypes TYPES = EventTypes.catalog();

  @Provide
  Arbitrary<History> histories() {
    return Histories.any();
  }

  @Property
  void foldingEventsAndApplyingTheirStoredDiffsAgree(@ForAll("histories") History history) {
    State before = null;
    JsonNode applied = null;
    for (TenantEvent event : history.events()) {
      State after = history.stream().evolve(before, event);
      Diff diff = Diff.between(Json.tree(before), tree(after));
      Diff stored = Json.read(Json.write(diff), Diff.class);
      assertThat(stored).isEqualTo(diff);
      applied = stored.applyTo(applied);
      assertThat(applied).isEqualTo(tree(after));
      before = after;
    }
  }

  @Property
  void anEventReadBackFromTheLedgerIsTheSameEvent(@ForAll("histories") History history) {
    for (TenantEvent event : history.events()) {
      StoredType type = TYPES.storedTypeOf(event);
      String payload = Json.write(event);
      TenantEvent read = TYPES.decode(type.name(), type.revision(), payload);
      assertThat(read).isEqualTo(event);
      assertThat(Json.write(read)).isEqualTo(payload);
    }
  }

  @Property
  void aStateReadBackFromItsDocumentIsTheSameState(@ForAll("histories") History history) {
    State state = history.states().getLast();
    String document = Json.write(state);
    assertThat(Json.read(document, history.stream().stateType())).isEqualTo(state);
    assertThat(Json.read(document, ObjectNode.class)).isEqualTo(tree(state));
    State fromTree = Json.MAPPER.treeToValue(tree(state), history.stream().stateType());
    assertThat(fromTree).isEqualTo(state);
  }

  @Property
  void foldingTwiceGivesTheSameStatesAndChangesNoneOfThem(@ForAll("histories") History history) {
    List<State> once = history.states();
    List<String> documents = once.stream().map(Json::write).toList();
    assertThat(history.states()).isEqualTo(once);
    assertThat(once).map(Json::write).isEqualTo(documents);
  }

  @Property
  void aFoldContinuedFromAStoredStateEndsWhereTheWholeFoldDoes(
      @ForAll("histories") History history) {
    State state = null;
    for (TenantEvent event : history.events()) {
      State next = history.stream().evolve(state, event);
      state = Json.read(Json.write(next), history.stream().stateType());
    }
    assertThat(state).isEqualTo(history.states().getLast());
  }

  @Property
  void eventsThatKeepTheRulesOfTheirFieldsLeadToStatesThatKeepTheirs(
      @ForAll("histories") History history) {
    for (State state : history.states()) {
      Rules rules = new Rules();
      state.check(rules);
      assertThat(rules.violations()).isEmpty();
    }
  }

  /** But for an observation, whose source need not be the KRI's. */
  @Property
  void whatAnEventSaysIsWhatTheStateThenSays(@ForAll("histories") History history)
      throws ReflectiveOperationException {
    State before = null;
    for (TenantEvent event : history.events()) {
      State after = history.stream().evolve(before, event);
      Map<String, RecordComponent> says = components(event);
      Map<String, RecordComponent> holds = components(after);
      says.keySet().retainAll(event instanceof KriObserved ? Set.of() : holds.keySet());
      for (String name : says.keySet()) {
        assertThat(value(holds.get(name), after))
            .as("%s after %s", name, event)
            .isEqualTo(value(says.get(name), event));
      }
      before = after;
    }
  }

  @Property
  void aStreamNeverChangesItsId(@ForAll("histories") History history) {
    assertThat(history.states())
        .extracting(State::id)
        .containsOnly(history.states().getFirst().id());
  }

  @Test
  void everyEventTypeComesUpInSomeHistory() {
    var seen = new TreeSet<String>();
    for (StreamDefinition<?, ?> stream : Streams.all()) {
      Histories.of(stream)
          .sampleStream()
          .limit(300)
          .flatMap(history -> history.events().stream())
          .forEach(event -> seen.add(TYPES.storedTypeOf(event).name()));
    }
    assertThat(seen).isEqualTo(TYPES.names());
  }

  private static JsonNode tree(State state) {
    return Json.MAPPER.valueToTree(state);
  }

  private static Map<String, RecordComponent> components(Object record) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .collect(Collectors.toMap(RecordComponent::getName, Function.identity()));
  }

  private static @Nullable Object value(@Nullable RecordComponent component, Object of)
      throws ReflectiveOperationException {
    return component == null ? null : component.getAccessor().invoke(of);
  }
}
