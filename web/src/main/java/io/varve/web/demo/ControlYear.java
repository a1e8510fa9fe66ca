package io.varve.web.demo;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.varve.command.control.AdoptControl;
import io.varve.command.control.ReviseControl;
import io.varve.events.control.Control;
import io.varve.events.control.ControlId;
import io.varve.web.demo.Story.ControlText;
import io.varve.web.demo.Story.ControlTurn;
import io.varve.web.demo.Story.ControlUse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the tenant does against its risks: adopted, tested each quarter, broken and mended. */
final class ControlYear {

  private static final LocalTime FROM = LocalTime.of(9, 0);
  private static final int QUARTER = 91;
  private static final int FIRST_TEST = 60;
  private static final int SAMPLES = 25;
  private static final int WORST = 4;

  private final Client client;
  private final Map<String, ControlText> texts;
  private final Map<String, ReviseControl> now = new HashMap<>();

  ControlYear(Client client, List<ControlText> baseline) {
    this.client = client;
    this.texts = baseline.stream().collect(Collectors.toMap(ControlText::slug, text -> text));
  }

  void begin() {
    List<ControlUse> controls = client.story().controls();
    for (int i = 0; i < controls.size(); i++) {
      adopt(controls.get(i), i);
      testEachQuarter(controls.get(i));
    }
  }

  private void adopt(ControlUse use, int place) {
    ControlText text = requireNonNull(texts.get(use.control()), use.control());
    Instant at = client.begun(use.day(), 1, FROM, place);
    var id = new ControlId(client.begin(use.control(), at));
    var owner = client.user(use.owner());
    client.act(
        at,
        client.lead(),
        use.day() == null ? "Onboarding: the partner's baseline" : "Added after a review",
        () -> {
          var control =
              new AdoptControl(
                  id,
                  text.slug(),
                  text.title(),
                  text.statement(),
                  text.framework(),
                  owner,
                  use.status(),
                  use.effectiveness(),
                  text.techniques());
          now.put(use.control(), draft(control));
          return control;
        });
  }

  private void testEachQuarter(ControlUse use) {
    Dice dice = client.dice("test/" + use.control());
    int first = client.story().day() + FIRST_TEST;
    for (int day = first; day < client.year().days(); day += QUARTER) {
      int failed = dice.roll(WORST + 1) * dice.roll(2);
      revise(
          client.year().inTheOffice(day + dice.roll(5), dice),
          client.analyst(),
          "Quarterly control test: %d of %d samples failed".formatted(failed, SAMPLES),
          use.control(),
          was -> was.status() == Control.Status.OPERATING ? tested(was, failed) : null);
    }
  }

  void turn(Instant at, String by, String reason, ControlTurn turn) {
    client.thing(turn.key());
    revise(
        at,
        by,
        reason,
        turn.key(),
        was ->
            assessed(
                was,
                requireNonNullElse(turn.status(), was.status()),
                requireNonNullElse(turn.effectiveness(), was.effectiveness())));
  }

  private void revise(
      Instant at,
      String by,
      String reason,
      String control,
      UnaryOperator<@Nullable ReviseControl> change) {
    client.act(
        at,
        by,
        reason,
        () -> {
          ReviseControl was = now.get(control);
          ReviseControl revised = was == null ? null : change.apply(was);
          if (revised != null) {
            now.put(control, revised);
          }
          return revised;
        });
  }

  /** A little better after a clean test, worse with each sample that failed. */
  private static ReviseControl tested(ReviseControl was, int failed) {
    double effectiveness = was.effectiveness().doubleValue() + 0.03 - 0.03 * failed;
    return assessed(
        was,
        was.status(),
        BigDecimal.valueOf(Math.clamp(effectiveness, 0.1, 0.9)).setScale(2, RoundingMode.HALF_UP));
  }

  private static ReviseControl assessed(
      ReviseControl was, Control.Status status, BigDecimal effectiveness) {
    return new ReviseControl(
        was.id(),
        was.slug(),
        was.title(),
        was.statement(),
        was.framework(),
        was.owner(),
        status,
        effectiveness,
        was.techniques());
  }

  private static ReviseControl draft(AdoptControl adopted) {
    return new ReviseControl(
        adopted.id(),
        adopted.slug(),
        adopted.title(),
        adopted.statement(),
        adopted.framework(),
        adopted.owner(),
        adopted.status(),
        adopted.effectiveness(),
        adopted.techniques());
  }
}
