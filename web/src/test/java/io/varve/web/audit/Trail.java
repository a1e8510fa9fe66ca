package io.varve.web.audit;

import io.varve.events.Json;
import io.varve.events.TenantEvent;
import io.varve.events.catalog.EventTypes;
import io.varve.events.control.Control;
import io.varve.events.control.ControlEvent.ControlAssessed;
import io.varve.events.diff.Diff;
import io.varve.events.kri.KriEvent.KriSlugChanged;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Provenance;
import io.varve.events.provenance.Via;
import io.varve.events.risk.RiskEvent.RiskClosed;
import io.varve.events.risk.RiskEvent.RiskReassessed;
import io.varve.postgres.testing.TestLedger;
import io.varve.postgres.testing.TestLedger.Fact;
import io.varve.query.audit.AuditFilter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A random trail of one tenant, and what should be found in it by looking at every event. */
final class Trail {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private static final List<String> WORDS =
      List.of(
          "robot",
          "Robot",
          "pharmacy",
          "ward",
          "Über",
          "ÜBER",
          "7b",
          "backup",
          "order",
          "desk",
          "a-robot",
          "robots",
          "風險");

  final UUID tenant = UUID.randomUUID();
  private final Random random;
  private final List<Told> told = new ArrayList<>();
  private final List<UUID> people = ids(3);
  private final List<UUID> things = ids(12);
  private final Map<UUID, Long> sequences = new HashMap<>();

  /** An event, and the texts that it changed. */
  private record Told(Fact fact, Instant at, List<String> texts) {}

  Trail(long seed) {
    this.random = new Random(seed);
  }

  /** More events, appended a few at a time. */
  void append(TestLedger ledger, int events) {
    for (int left = events; left > 0; ) {
      int some = Math.min(left, 1 + random.nextInt(40));
      Instant at = START.plusSeconds(60L * size());
      List<Told> more = new ArrayList<>();
      for (int i = 0; i < some; i++) {
        more.add(tell(at));
      }
      ledger.append(more.stream().map(Told::fact).toList(), at);
      add(more);
      left -= some;
    }
  }

  synchronized int size() {
    return told.size();
  }

  /** The numbers of those that are wanted, oldest first. */
  synchronized List<Long> matching(AuditFilter filter) {
    return LongStream.rangeClosed(1, told.size())
        .filter(number -> matches(told.get((int) number - 1), filter))
        .boxed()
        .toList();
  }

  /** Something to ask for, which is there or is not. */
  AuditFilter random(boolean... asked) {
    return new AuditFilter(
        asked[0] ? START.plusSeconds(random.nextInt(60 * size())) : null,
        asked[1] ? START.plusSeconds(random.nextInt(60 * size())) : null,
        asked[2] ? any(people) : null,
        asked[3] ? any(people) : null,
        asked[4] ? any(List.of("risk", "control", "kri", "vendor")) : null,
        asked[5] ? any(things) : null,
        asked[6] ? any(List.of("risk.closed", "risk.reassessed", "control.assessed")) : null,
        asked[7] ? "request-" + random.nextInt(200) : null,
        asked[8] ? "trace-" + random.nextInt(5) : null,
        asked[9] ? any(List.of("/title", "/a", "/a/b", "/list", "/a/c~1d", "/ti")) : null,
        asked[10] ? any(WORDS) + (random.nextBoolean() ? "" : ", " + any(WORDS)) : null);
  }

  static final int FILTERS = 11;

  private synchronized void add(List<Told> more) {
    told.addAll(more);
  }

  private Told tell(Instant at) {
    UUID id = any(things);
    Map<String, Object> before = document();
    Map<String, Object> after = document();
    Diff diff =
        Diff.between(
            Json.MAPPER.valueToTree(before),
            Objects.requireNonNull(Json.MAPPER.<JsonNode>valueToTree(after)));
    var provenance =
        new Provenance(
            Actor.user(any(people)),
            random.nextInt(10) == 0 ? Actor.user(any(people)) : null,
            Via.API,
            null,
            random.nextInt(5) == 0 ? null : "request-" + random.nextInt(200),
            random.nextInt(3) == 0 ? "trace-" + random.nextInt(5) : null,
            null,
            diff);
    long sequence = sequences.merge(id, 0L, (was, zero) -> was + 1);
    var fact = new Fact(tenant, id, sequence, event(), provenance);
    var texts = new ArrayList<String>();
    diff.changes()
        .forEach(
            change -> {
              texts.addAll(texts(change.from()));
              texts.addAll(texts(change.to()));
            });
    return new Told(fact, at, texts);
  }

  private TenantEvent event() {
    return switch (random.nextInt(8)) {
      case 0 -> new RiskClosed();
      case 1 -> new ControlAssessed(Control.Status.OPERATING, BigDecimal.ONE);
      case 2 -> new KriSlugChanged("s");
      default -> new RiskReassessed(1, 2);
    };
  }

  private Map<String, Object> document() {
    var document = new HashMap<String, Object>();
    document.put("title", any(WORDS) + " " + any(WORDS));
    if (random.nextInt(4) == 0) {
      document.put("a", Map.of("b", any(WORDS), "c/d", random.nextInt(2)));
    }
    if (random.nextInt(6) == 0) {
      document.put("list", List.of(any(WORDS), Map.of("x", any(WORDS))));
    }
    return document;
  }

  private static List<String> texts(@Nullable JsonNode node) {
    if (node == null) {
      return List.of();
    }
    var texts = new ArrayList<String>();
    if (node.isString()) {
      texts.add(node.stringValue());
    }
    node.forEach(child -> texts.addAll(texts(child)));
    return texts;
  }

  /** Said again in another way than the program says it. */
  private static boolean matches(Told told, AuditFilter filter) {
    Provenance provenance = told.fact().provenance();
    EventTypes types = EventTypes.catalog();
    return (filter.from() == null || !told.at().isBefore(filter.from()))
        && (filter.to() == null || told.at().isBefore(filter.to()))
        && isOr(filter.actor(), provenance.actor().id())
        && isOr(
            filter.impersonator(),
            provenance.impersonator() == null ? null : provenance.impersonator().id())
        && isOr(filter.stream(), types.streamOf(told.fact().event()).name())
        && isOr(filter.id(), told.fact().id())
        && isOr(filter.type(), types.storedTypeOf(told.fact().event()).name())
        && isOr(filter.request(), provenance.request())
        && isOr(filter.trace(), provenance.trace())
        && (filter.path() == null
            || provenance.diff().changes().stream()
                .anyMatch(c -> (c.path() + "/").startsWith(filter.path() + "/")))
        && (filter.text() == null
            || words(List.of(filter.text())).stream().allMatch(words(told.texts())::contains));
  }

  private static List<String> words(List<String> texts) {
    return texts.stream()
        .flatMap(text -> Arrays.stream(text.replace("風險", "風 險").split("[ ,-]+")))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }

  private static boolean isOr(@Nullable Object wanted, @Nullable Object is) {
    return wanted == null || wanted.equals(is);
  }

  private List<UUID> ids(int count) {
    return LongStream.range(0, count).mapToObj(i -> UUID.randomUUID()).toList();
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
