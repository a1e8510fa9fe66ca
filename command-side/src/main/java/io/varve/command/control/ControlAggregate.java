package io.varve.command.control;

import static java.util.Objects.requireNonNull;

import io.varve.command.Decided;
import io.varve.command.LedgerRefusal;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.control.Control;
import io.varve.events.control.ControlEvent;
import io.varve.events.control.ControlEvent.ControlAssessed;
import io.varve.events.control.ControlEvent.ControlDefined;
import io.varve.events.control.ControlEvent.ControlDescribed;
import io.varve.events.control.ControlEvent.ControlSlugChanged;
import io.varve.events.control.ControlEvent.ControlTechniquesMapped;
import io.varve.events.control.ControlId;
import io.varve.events.identity.User;
import io.varve.events.rule.Rules;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.regex.Pattern;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one control. */
@AggregateRoot(type = "control")
public final class ControlAggregate extends StreamAggregate<Control, ControlEvent> {

  private static final Pattern REVISION = Pattern.compile("(r[0-9]+)?(:.*)?$");

  ControlAggregate() {
    super(Control.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided adopt(AdoptControl command, Links links) {
    links.wanted().one("/owner", User.STREAM, null, command.owner()).require();
    record(
        new ControlDefined(
            command.id(),
            command.slug(),
            command.title(),
            command.statement(),
            command.framework(),
            command.owner(),
            command.status(),
            command.effectiveness(),
            command.techniques()));
    return decided();
  }

  @CommandHandler
  Decided revise(ReviseControl command, Links links) {
    links.wanted().one("/owner", User.STREAM, state().owner(), command.owner()).require();
    record(
        new ControlDescribed(
            command.title(), command.statement(), command.framework(), command.owner()));
    record(new ControlSlugChanged(command.slug()));
    record(new ControlAssessed(command.status(), command.effectiveness()));
    record(new ControlTechniquesMapped(command.techniques()));
    return decided();
  }

  /** Begins as a catalog has it; all that only people can say is still open. */
  void adopt(ControlId id, ImportedControl imported, String framework) {
    record(
        new ControlDefined(
            id,
            imported.slug(),
            requireNonNull(imported.title()),
            imported.statement(),
            imported.reference(framework),
            null,
            Control.Status.PLANNED,
            BigDecimal.ZERO,
            Collections.emptySortedSet()));
  }

  /**
   * Whether a catalog may speak for this control: what meets another framework keeps its words,
   * though it goes by the same slug. A newer revision is the same framework.
   */
  void checkFollows(ImportedControl imported, String framework, Rules rules) {
    if (!state().slug().equals(imported.slug())) {
      throw new LedgerRefusal.Overtaken();
    }
    String reference = state().framework();
    rules.hold(
        reference == null || work(reference).equals(work(framework)),
        imported.pointer() + "/id",
        "other-framework",
        "goes by the slug of a control that meets " + reference);
  }

  /**
   * Takes a catalog's words, and leaves what people have set.
   *
   * @return whether that changed anything
   */
  boolean follow(ImportedControl imported, String framework) {
    Control before = state();
    record(
        new ControlDescribed(
            requireNonNull(imported.title()),
            imported.statement(),
            imported.reference(framework),
            before.owner()));
    return !state().equals(before);
  }

  /** A framework without its revision: {@code nist-800-53} of {@code nist-800-53r5:ac-2}. */
  private static String work(String reference) {
    return REVISION.matcher(reference).replaceFirst("");
  }
}
