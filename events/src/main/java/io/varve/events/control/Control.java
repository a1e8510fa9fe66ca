package io.varve.events.control;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.control.ControlEvent.ControlAssessed;
import io.varve.events.control.ControlEvent.ControlDefined;
import io.varve.events.control.ControlEvent.ControlDescribed;
import io.varve.events.control.ControlEvent.ControlSlugChanged;
import io.varve.events.control.ControlEvent.ControlTechniquesMapped;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is done against risks.
 *
 * @param slug unique in the tenant
 * @param framework the requirement that it meets, as {@code framework:identifier}, for example
 *     {@code nist-800-53r5:ac-2}
 * @param effectiveness the share of a risk that it takes away, 0 to 1; counts while operating
 * @param techniques what it counters, as MITRE ATT&amp;CK technique ids such as {@code T1078} or
 *     {@code T1078.004}
 */
public record Control(
    ControlId id,
    String slug,
    String title,
    String statement,
    @Nullable String framework,
    @Nullable UserId owner,
    Status status,
    BigDecimal effectiveness,
    SortedSet<String> techniques)
    implements State {

  public static final StreamDefinition<Control, ControlEvent> STREAM =
      new StreamDefinition<>("control", Control.class, ControlEvent.class, Control::evolve);

  /** The kind under which slugs are claimed. */
  public static final String SLUG = "control.slug";

  public static final int MAX_TITLE = 300;
  public static final int MAX_STATEMENT = 20_000;
  public static final int MAX_TECHNIQUES = 500;

  public static final Pattern FRAMEWORK =
      Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}:[A-Za-z0-9][A-Za-z0-9._()-]{0,63}");

  public static final Pattern TECHNIQUE = Pattern.compile("T[0-9]{4}(\\.[0-9]{3})?");

  /** Whether the control works. */
  public enum Status {
    PLANNED,
    /** The only one in which a control mitigates. */
    OPERATING,
    FAILING,
    RETIRED
  }

  public Control {
    techniques = Collections.unmodifiableSortedSet(new TreeSet<>(techniques));
  }

  static Control evolve(@Nullable Control control, ControlEvent event) {
    if (event instanceof ControlDefined e) {
      return new Control(
          e.id(),
          e.slug(),
          e.title(),
          e.statement(),
          e.framework(),
          e.owner(),
          e.status(),
          e.effectiveness(),
          e.techniques());
    }
    Control was = requireNonNull(control);
    return switch (event) {
      case ControlDefined e -> throw new IllegalStateException("a control is defined once");
      case ControlDescribed e -> was.described(e.title(), e.statement(), e.framework(), e.owner());
      case ControlSlugChanged e -> was.called(e.slug());
      case ControlAssessed e -> was.assessed(e.status(), e.effectiveness());
      case ControlTechniquesMapped e -> was.countering(e.techniques());
    };
  }

  @Override
  public void check(Rules rules) {
    rules
        .slug("/slug", slug)
        .line("/title", title, MAX_TITLE)
        .prose("/statement", statement, MAX_STATEMENT)
        .range("/effectiveness", effectiveness, BigDecimal.ZERO, BigDecimal.ONE)
        .size("/techniques", techniques, MAX_TECHNIQUES);
    if (framework != null) {
      rules.matches("/framework", framework, FRAMEWORK, "must look like framework:identifier");
    }
    for (String technique : techniques) {
      rules.matches("/techniques", technique, TECHNIQUE, "must look like T1234 or T1234.001");
    }
  }

  @Override
  public Set<UniqueValue> uniqueValues() {
    return Set.of(UniqueValue.inTenant(SLUG, slug, "/slug"));
  }

  private Control described(
      String title, String statement, @Nullable String framework, @Nullable UserId owner) {
    return new Control(
        id, slug, title, statement, framework, owner, status, effectiveness, techniques);
  }

  private Control called(String slug) {
    return new Control(
        id, slug, title, statement, framework, owner, status, effectiveness, techniques);
  }

  private Control assessed(Status status, BigDecimal effectiveness) {
    return new Control(
        id, slug, title, statement, framework, owner, status, effectiveness, techniques);
  }

  private Control countering(SortedSet<String> techniques) {
    return new Control(
        id, slug, title, statement, framework, owner, status, effectiveness, techniques);
  }
}
