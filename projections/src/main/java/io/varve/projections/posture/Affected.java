package io.varve.projections.posture;

import io.varve.events.StreamId;
import io.varve.events.control.Control;
import io.varve.events.kri.Kri;
import io.varve.events.outcome.Outcome;
import io.varve.events.risk.Risk;
import io.varve.events.risk.RiskId;
import io.varve.projections.document.Change;
import io.varve.projections.document.StreamKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the changes of a batch mean for scores and severities, as far as the changes alone tell. */
final class Affected {

  /** A document that links to a thing, or no longer does. */
  record Link(UUID tenant, UUID target, String stream, UUID id) {}

  /** Risks whose score may be another now. */
  final SortedSet<StreamKey> risks = new TreeSet<>();

  /** Risks that count for their outcomes in another way now, whatever their score. */
  final SortedSet<StreamKey> reopenedOrClosed = new TreeSet<>();

  /** Controls that mitigate by another share now. */
  final SortedSet<StreamKey> controls = new TreeSet<>();

  /** Outcomes whose severity may be another now. */
  final SortedSet<StreamKey> outcomes = new TreeSet<>();

  final List<Link> made = new ArrayList<>();
  final List<Link> broken = new ArrayList<>();

  Affected(Collection<Change> changes) {
    for (Change change : changes) {
      switch (change.after()) {
        case Risk risk -> risk(change.key(), (Risk) change.before(), risk);
        case Kri kri -> kri(change.key(), (Kri) change.before(), kri);
        case Control control -> control(change.key(), (Control) change.before(), control);
        case Outcome outcome -> outcome(change.key(), (Outcome) change.before(), outcome);
        default -> {}
      }
    }
  }

  private void risk(StreamKey key, @Nullable Risk before, Risk after) {
    link(key, "risk", before == null ? Set.of() : before.controls(), after.controls());
    if (before == null
        || before.likelihood() != after.likelihood()
        || before.impact() != after.impact()
        || !before.controls().equals(after.controls())) {
      risks.add(key);
    }
    if (before != null && before.status() != after.status()) {
      reopenedOrClosed.add(key);
    }
  }

  private void kri(StreamKey key, @Nullable Kri before, Kri after) {
    var was = before == null ? Set.<RiskId>of() : before.risks();
    link(key, "kri", was, after.risks());
    boolean recoloured = before == null || before.colour() != after.colour();
    for (StreamId risk : was) {
      if (recoloured || !after.risks().contains(risk)) {
        risks.add(new StreamKey(key.tenant(), risk.value()));
      }
    }
    for (StreamId risk : after.risks()) {
      if (recoloured || !was.contains(risk)) {
        risks.add(new StreamKey(key.tenant(), risk.value()));
      }
    }
  }

  private void control(StreamKey key, @Nullable Control before, Control after) {
    BigDecimal was = before == null ? BigDecimal.ZERO : share(before);
    if (was.compareTo(share(after)) != 0) {
      controls.add(key);
    }
  }

  private void outcome(StreamKey key, @Nullable Outcome before, Outcome after) {
    link(key, "outcome", before == null ? Set.of() : before.risks(), after.risks());
    if (before == null || !before.risks().equals(after.risks())) {
      outcomes.add(key);
    }
  }

  private void link(
      StreamKey from,
      String stream,
      Collection<? extends StreamId> was,
      Collection<? extends StreamId> is) {
    for (StreamId target : is) {
      if (!was.contains(target)) {
        made.add(new Link(from.tenant(), target.value(), stream, from.id()));
      }
    }
    for (StreamId target : was) {
      if (!is.contains(target)) {
        broken.add(new Link(from.tenant(), target.value(), stream, from.id()));
      }
    }
  }

  private static BigDecimal share(Control control) {
    return control.status() == Control.Status.OPERATING ? control.effectiveness() : BigDecimal.ZERO;
  }
}
