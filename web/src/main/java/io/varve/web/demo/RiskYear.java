package io.varve.web.demo;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.varve.command.risk.CloseRisk;
import io.varve.command.risk.IdentifyRisk;
import io.varve.command.risk.ReopenRisk;
import io.varve.command.risk.ReviseRisk;
import io.varve.events.control.ControlId;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.web.demo.Story.RiskText;
import io.varve.web.demo.Story.RiskTurn;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What may go wrong, judged again at the end of each quarter. */
final class RiskYear {

  private static final LocalTime FROM = LocalTime.of(13, 30);
  private static final LocalTime REVIEW = LocalTime.of(10, 0);
  private static final List<Integer> REVIEWS = List.of(86, 177, 268, 354);

  private final Client client;
  private final Map<String, ReviseRisk> now = new HashMap<>();
  private final Set<String> closed = new HashSet<>();

  RiskYear(Client client) {
    this.client = client;
  }

  void begin() {
    List<RiskText> risks = client.story().risks();
    for (int i = 0; i < risks.size(); i++) {
      identify(risks.get(i), i);
      review(risks.get(i), i);
    }
  }

  private void identify(RiskText text, int place) {
    Instant at = client.begun(text.day(), 1, FROM, place);
    var id = new RiskId(client.begin(text.key(), at));
    var owner = client.user(text.owner());
    SortedSet<ControlId> controls = controls(text.controls());
    client.act(
        at,
        client.lead(),
        text.day() == null ? "Onboarding: risk workshop" : text.up(),
        () -> {
          now.put(
              text.key(),
              new ReviseRisk(
                  id,
                  text.title(),
                  text.description(),
                  text.category(),
                  owner,
                  text.likelihood(),
                  text.impact(),
                  text.treatment(),
                  controls));
          return new IdentifyRisk(
              id,
              text.title(),
              text.description(),
              text.category(),
              owner,
              text.likelihood(),
              text.impact(),
              text.treatment(),
              controls);
        });
  }

  /** A judgement that stayed the same leaves no event. */
  private void review(RiskText text, int place) {
    for (int quarter = 0; quarter < text.reviews().size(); quarter++) {
      String[] levels = text.reviews().get(quarter).split("x", 2);
      int likelihood = Integer.parseInt(levels[0]);
      int impact = Integer.parseInt(levels[1]);
      int day = Year.workday(REVIEWS.get(quarter));
      Instant at =
          client.year().at(day, REVIEW).plusSeconds(place * 400L + client.dice().roll(300));
      String before =
          quarter == 0 ? text.likelihood() + "x" + text.impact() : text.reviews().get(quarter - 1);
      String why = score(text.reviews().get(quarter)) < score(before) ? text.down() : text.up();
      client.act(
          at,
          client.lead(),
          "Q%d review: %s".formatted(quarter + 1, why),
          () -> {
            ReviseRisk was = now.get(text.key());
            return was == null || closed.contains(text.key())
                ? null
                : keep(text.key(), judged(was, likelihood, impact));
          });
    }
  }

  private static int score(String levels) {
    String[] both = levels.split("x", 2);
    return Integer.parseInt(both[0]) * Integer.parseInt(both[1]);
  }

  void turn(Instant at, String by, String reason, RiskTurn turn) {
    var id = new RiskId(client.thing(turn.key()));
    Boolean open = turn.open();
    if (open != null) {
      client.act(
          at,
          by,
          reason,
          () -> {
            if (open) {
              closed.remove(turn.key());
              return new ReopenRisk(id);
            }
            closed.add(turn.key());
            return new CloseRisk(id);
          });
      return;
    }
    client.act(
        at,
        by,
        reason,
        () -> {
          ReviseRisk was = requireNonNull(now.get(turn.key()));
          return keep(
              turn.key(),
              treated(
                  judged(
                      was,
                      requireNonNullElse(turn.likelihood(), was.likelihood()),
                      requireNonNullElse(turn.impact(), was.impact())),
                  requireNonNullElse(turn.treatment(), was.treatment()),
                  turn.controls() == null ? was.controls() : controls(turn.controls())));
        });
  }

  private ReviseRisk keep(String key, ReviseRisk revised) {
    now.put(key, revised);
    return revised;
  }

  private SortedSet<ControlId> controls(Collection<String> keys) {
    return keys.stream()
        .map(key -> new ControlId(client.thing(key)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ReviseRisk judged(ReviseRisk was, int likelihood, int impact) {
    return new ReviseRisk(
        was.id(),
        was.title(),
        was.description(),
        was.category(),
        was.owner(),
        likelihood,
        impact,
        was.treatment(),
        was.controls());
  }

  private static ReviseRisk treated(
      ReviseRisk was, Treatment treatment, SortedSet<ControlId> controls) {
    return new ReviseRisk(
        was.id(),
        was.title(),
        was.description(),
        was.category(),
        was.owner(),
        was.likelihood(),
        was.impact(),
        treatment,
        controls);
  }
}
