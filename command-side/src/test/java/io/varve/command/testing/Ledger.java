package io.varve.command.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.Installation;
import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.StreamId;
import io.varve.events.UniqueValue;
import io.varve.events.catalog.Streams;
import io.varve.events.diff.Diff;
import io.varve.events.rule.Rules;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an installation's ledger holds, and whether it may hold it. */
public final class Ledger {

  private static final String CLAIMS =
      """
      select concat_ws(' ', tenant_id, kind, value, holder_tenant, holder_id) from ledger.claim
      """;

  private final Database database;
  private final UUID platform;

  Ledger(Database database) {
    this.database = database;
    this.platform = Installation.platform(database);
  }

  /** Everything, in order. */
  public List<StoredEvent> events() {
    var reader = new LedgerReader(database);
    var all = new ArrayList<StoredEvent>();
    List<StoredEvent> page = reader.following(0, 1_000);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = reader.following(all.getLast().position(), 1_000);
    }
    return all;
  }

  public List<StoredEvent> events(StreamId id) {
    return events().stream().filter(event -> event.id().equals(id.value())).toList();
  }

  public List<String> types(StreamId id) {
    return events(id).stream().map(StoredEvent::type).toList();
  }

  /** The state that the stored events of a stream fold into. */
  public <S extends State> S state(StreamDefinition<S, ?> stream, StreamId id) {
    @Nullable State state = null;
    for (StoredEvent stored : events(id)) {
      state = stream.evolve(state, stored.event());
    }
    return requireNonNull(stream.stateType().cast(state));
  }

  /**
   * Holds every stored event to the laws: positions, numbers and sequences are dense, time never
   * goes back, the recorded diff is what the fold does, each state keeps its rules, and the claims
   * are the unique values of the states.
   */
  public void check() {
    List<StoredEvent> events = events();
    Map<UUID, Long> numbers = new HashMap<>();
    Map<List<UUID>, Long> sequences = new HashMap<>();
    Map<List<UUID>, State> states = new HashMap<>();
    var held = new HashMap<String, String>();
    Instant before = Instant.MIN;
    for (int i = 0; i < events.size(); i++) {
      StoredEvent event = events.get(i);
      assertThat(event.position()).isEqualTo(i + 1L);
      assertThat(event.number()).isEqualTo(numbers.merge(event.tenant(), 1L, Long::sum));
      List<UUID> stream = List.of(event.tenant(), event.id());
      assertThat(event.sequence()).isEqualTo(sequences.merge(stream, 1L, Long::sum) - 1);
      assertThat(event.at()).isAfterOrEqualTo(before);
      before = event.at();
      State was = states.get(stream);
      State is = checkFold(event, was);
      states.put(stream, is);
      checkUnique(event, was, is, held);
    }
    assertThat(claims())
        .containsExactlyInAnyOrderElementsOf(
            held.entrySet().stream()
                .map(claim -> claim.getKey() + " " + claim.getValue())
                .toList());
  }

  private static State checkFold(StoredEvent event, @Nullable State before) {
    StreamDefinition<?, ?> stream = Streams.named(event.stream()).orElseThrow();
    State after = stream.evolve(before, event.event());
    var rules = new Rules();
    after.check(rules);
    assertThat(rules.violations()).as(event.toString()).isEmpty();
    assertThat(after.id().value()).isEqualTo(event.id());
    JsonNode from = Json.tree(before);
    JsonNode to = Json.tree(after);
    Diff diff = event.provenance().diff();
    assertThat(diff.isEmpty()).isFalse();
    assertThat(diff.applyTo(from)).as(event.toString()).isEqualTo(to);
    return after;
  }

  /** Who holds what, a line each. */
  private List<String> claims() {
    return database
        .query(Scope.ledger(), CLAIMS, (statement, first) -> {}, row -> row.getString(1))
        .stream()
        .sorted()
        .toList();
  }

  /** At no position does a value have two holders. */
  private void checkUnique(
      StoredEvent event, @Nullable State was, State is, Map<String, String> held) {
    String holder = event.tenant() + " " + event.id();
    if (was != null) {
      was.uniqueValues().forEach(value -> held.remove(text(event, value), holder));
    }
    for (UniqueValue value : is.uniqueValues()) {
      assertThat(held.put(text(event, value), holder)).as(event.toString()).isNull();
    }
  }

  private String text(StoredEvent event, UniqueValue value) {
    UUID within = value.reach() == UniqueValue.Reach.PLATFORM ? platform : event.tenant();
    return within + " " + value.kind() + " " + value.value();
  }
}
