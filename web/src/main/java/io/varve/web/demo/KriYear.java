package io.varve.web.demo;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.varve.command.kri.DefineKri;
import io.varve.command.kri.ReviseKri;
import io.varve.events.kri.KriId;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.RiskId;
import io.varve.events.source.SourceId;
import io.varve.web.demo.Story.KriTurn;
import io.varve.web.demo.Story.KriUse;
import io.varve.web.demo.Story.Measure;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the tenant measures, and how far it may go. */
final class KriYear {

  private static final LocalTime FROM = LocalTime.of(9, 0);

  private final Client client;
  private final Map<String, Measure> measures;
  private final Observations observations;
  private final Map<String, ReviseKri> now = new HashMap<>();

  KriYear(Client client, List<Measure> baseline) {
    this.client = client;
    this.measures = baseline.stream().collect(Collectors.toMap(Measure::slug, m -> m));
    this.observations = new Observations(client);
  }

  void begin() {
    List<KriUse> kris = client.story().kris();
    for (int i = 0; i < kris.size(); i++) {
      define(kris.get(i), i);
    }
  }

  private void define(KriUse use, int place) {
    Measure measure = requireNonNull(measures.get(use.measure()), use.measure());
    String slug = slug(use);
    Instant at = client.begun(use.day(), 2, FROM, place);
    var id = new KriId(client.begin(slug, at));
    ReviseKri kri = draft(id, slug, measure, use);
    client.act(
        at,
        client.analyst(),
        use.day() == null ? "Onboarding: what is measured" : "Measured from now on",
        () -> {
          now.put(slug, kri);
          return new DefineKri(
              id,
              slug,
              kri.name(),
              kri.description(),
              kri.unit(),
              kri.source(),
              kri.warn(),
              kri.critical(),
              kri.direction(),
              kri.risks(),
              kri.outcome());
        });
    observations.of(id, slug, measure, use);
  }

  void turn(Instant at, String by, String reason, KriTurn turn) {
    client.thing(turn.key());
    @Nullable SortedSet<RiskId> risks =
        turn.risks() == null ? null : OutcomeYear.risks(client, turn.risks());
    client.act(
        at,
        by,
        reason,
        () -> {
          ReviseKri was = requireNonNull(now.get(turn.key()));
          var revised =
              new ReviseKri(
                  was.id(),
                  was.slug(),
                  was.name(),
                  was.description(),
                  was.unit(),
                  was.source(),
                  requireNonNullElse(turn.warn(), was.warn()),
                  requireNonNullElse(turn.critical(), was.critical()),
                  was.direction(),
                  requireNonNullElse(risks, was.risks()),
                  was.outcome());
          now.put(turn.key(), revised);
          return revised;
        });
  }

  private ReviseKri draft(KriId id, String slug, Measure measure, KriUse use) {
    BigDecimal warn = requireNonNullElse(use.warn(), measure.warn());
    BigDecimal critical = requireNonNullElse(use.critical(), measure.critical());
    return new ReviseKri(
        id,
        slug,
        use.area() == null ? measure.name() : measure.name() + ": " + use.area(),
        measure.description(),
        measure.unit(),
        new SourceId(client.thing(use.source())),
        warn,
        critical,
        measure.direction(),
        OutcomeYear.risks(client, use.risks()),
        use.outcome() == null ? null : new OutcomeId(client.thing(use.outcome())));
  }

  private static String slug(KriUse use) {
    return use.area() == null
        ? use.measure()
        : use.measure() + '_' + use.area().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
  }
}
