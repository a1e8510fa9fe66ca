package io.varve.events.risk;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.control.ControlId;
import io.varve.events.identity.UserId;
import io.varve.events.risk.RiskEvent.RiskClosed;
import io.varve.events.risk.RiskEvent.RiskControlsLinked;
import io.varve.events.risk.RiskEvent.RiskDescribed;
import io.varve.events.risk.RiskEvent.RiskIdentified;
import io.varve.events.risk.RiskEvent.RiskReassessed;
import io.varve.events.risk.RiskEvent.RiskReopened;
import io.varve.events.risk.RiskEvent.RiskTreatmentDecided;
import io.varve.events.rule.Rules;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Something that may go wrong, how bad it would be and what is done about it.
 *
 * @param likelihood 1 (rare) to 5 (almost certain)
 * @param impact 1 (negligible) to 5 (severe)
 * @param controls the controls linked to the risk; only the operating ones mitigate it
 */
public record Risk(
    RiskId id,
    String title,
    String description,
    String category,
    @Nullable UserId owner,
    int likelihood,
    int impact,
    Treatment treatment,
    Status status,
    SortedSet<ControlId> controls)
    implements State {

  public static final StreamDefinition<Risk, RiskEvent> STREAM =
      new StreamDefinition<>("risk", Risk.class, RiskEvent.class, Risk::evolve);

  public static final int MAX_TITLE = 200;
  public static final int MAX_DESCRIPTION = 10_000;
  public static final int MAX_CATEGORY = 100;
  public static final int MAX_LINKS = 500;

  /** Whether the risk still stands. */
  public enum Status {
    OPEN,
    CLOSED
  }

  public Risk {
    controls = Collections.unmodifiableSortedSet(new TreeSet<>(controls));
  }

  static Risk evolve(@Nullable Risk risk, RiskEvent event) {
    if (event instanceof RiskIdentified e) {
      return new Risk(
          e.id(),
          e.title(),
          e.description(),
          e.category(),
          e.owner(),
          e.likelihood(),
          e.impact(),
          e.treatment(),
          Status.OPEN,
          Collections.emptySortedSet());
    }
    Risk was = requireNonNull(risk);
    return switch (event) {
      case RiskIdentified e -> throw new IllegalStateException("a risk is identified once");
      case RiskDescribed e -> was.described(e.title(), e.description(), e.category(), e.owner());
      case RiskReassessed e -> was.reassessed(e.likelihood(), e.impact());
      case RiskTreatmentDecided e -> was.treated(e.treatment());
      case RiskControlsLinked e -> was.linked(e.controls());
      case RiskClosed e -> was.standing(Status.CLOSED);
      case RiskReopened e -> was.standing(Status.OPEN);
    };
  }

  @Override
  public void check(Rules rules) {
    rules
        .line("/title", title, MAX_TITLE)
        .prose("/description", description, MAX_DESCRIPTION)
        .line("/category", category, MAX_CATEGORY)
        .range("/likelihood", likelihood, 1, 5)
        .range("/impact", impact, 1, 5)
        .size("/controls", controls, MAX_LINKS);
  }

  private Risk described(
      String title, String description, String category, @Nullable UserId owner) {
    return new Risk(
        id, title, description, category, owner, likelihood, impact, treatment, status, controls);
  }

  private Risk reassessed(int likelihood, int impact) {
    return new Risk(
        id, title, description, category, owner, likelihood, impact, treatment, status, controls);
  }

  private Risk treated(Treatment treatment) {
    return new Risk(
        id, title, description, category, owner, likelihood, impact, treatment, status, controls);
  }

  private Risk linked(SortedSet<ControlId> controls) {
    return new Risk(
        id, title, description, category, owner, likelihood, impact, treatment, status, controls);
  }

  private Risk standing(Status status) {
    return new Risk(
        id, title, description, category, owner, likelihood, impact, treatment, status, controls);
  }
}
