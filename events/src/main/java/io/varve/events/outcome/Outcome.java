package io.varve.events.outcome;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.identity.UserId;
import io.varve.events.outcome.OutcomeEvent.OutcomeDefined;
import io.varve.events.outcome.OutcomeEvent.OutcomeDescribed;
import io.varve.events.outcome.OutcomeEvent.OutcomeRisksLinked;
import io.varve.events.risk.RiskId;
import io.varve.events.rule.Rules;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Something the business must achieve, and the risks that endanger it.
 *
 * @param risks the risks linked to it; only the open ones count for its severity
 */
public record Outcome(
    OutcomeId id, String title, String description, @Nullable UserId owner, SortedSet<RiskId> risks)
    implements State {

  public static final StreamDefinition<Outcome, OutcomeEvent> STREAM =
      new StreamDefinition<>("outcome", Outcome.class, OutcomeEvent.class, Outcome::evolve);

  public static final int MAX_TITLE = 200;
  public static final int MAX_DESCRIPTION = 10_000;
  public static final int MAX_LINKS = 500;

  public Outcome {
    risks = Collections.unmodifiableSortedSet(new TreeSet<>(risks));
  }

  static Outcome evolve(@Nullable Outcome outcome, OutcomeEvent event) {
    if (event instanceof OutcomeDefined e) {
      return new Outcome(
          e.id(), e.title(), e.description(), e.owner(), Collections.emptySortedSet());
    }
    Outcome was = requireNonNull(outcome);
    return switch (event) {
      case OutcomeDefined e -> throw new IllegalStateException("an outcome is defined once");
      case OutcomeDescribed e ->
          new Outcome(was.id, e.title(), e.description(), e.owner(), was.risks);
      case OutcomeRisksLinked e ->
          new Outcome(was.id, was.title, was.description, was.owner, e.risks());
    };
  }

  @Override
  public void check(Rules rules) {
    rules
        .line("/title", title, MAX_TITLE)
        .prose("/description", description, MAX_DESCRIPTION)
        .size("/risks", risks, MAX_LINKS);
  }
}
