package io.varve.events.histories;

import static io.varve.events.histories.Values.configs;
import static io.varve.events.histories.Values.controls;
import static io.varve.events.histories.Values.decimals;
import static io.varve.events.histories.Values.instants;
import static io.varve.events.histories.Values.lines;
import static io.varve.events.histories.Values.outcomes;
import static io.varve.events.histories.Values.prose;
import static io.varve.events.histories.Values.risks;
import static io.varve.events.histories.Values.shares;
import static io.varve.events.histories.Values.slugs;
import static io.varve.events.histories.Values.sortedSets;
import static io.varve.events.histories.Values.sources;
import static io.varve.events.histories.Values.techniques;
import static io.varve.events.histories.Values.urls;
import static io.varve.events.histories.Values.users;
import static io.varve.events.histories.Values.uuids;
import static io.varve.events.histories.Values.vendors;
import static net.jqwik.api.Arbitraries.integers;
import static net.jqwik.api.Arbitraries.just;
import static net.jqwik.api.Combinators.combine;

import io.varve.events.StreamDefinition;
import io.varve.events.control.Control;
import io.varve.events.control.ControlEvent.ControlAssessed;
import io.varve.events.control.ControlEvent.ControlDefined;
import io.varve.events.control.ControlEvent.ControlDescribed;
import io.varve.events.control.ControlEvent.ControlSlugChanged;
import io.varve.events.control.ControlEvent.ControlTechniquesMapped;
import io.varve.events.kri.Direction;
import io.varve.events.kri.Kri;
import io.varve.events.kri.KriEvent.KriDefined;
import io.varve.events.kri.KriEvent.KriDescribed;
import io.varve.events.kri.KriEvent.KriLinked;
import io.varve.events.kri.KriEvent.KriObserved;
import io.varve.events.kri.KriEvent.KriSlugChanged;
import io.varve.events.kri.KriEvent.KriSourceAssigned;
import io.varve.events.kri.KriEvent.KriThresholdsSet;
import io.varve.events.kri.KriId;
import io.varve.events.kri.ObservationId;
import io.varve.events.outcome.Outcome;
import io.varve.events.outcome.OutcomeEvent.OutcomeDefined;
import io.varve.events.outcome.OutcomeEvent.OutcomeDescribed;
import io.varve.events.outcome.OutcomeEvent.OutcomeRisksLinked;
import io.varve.events.risk.Risk;
import io.varve.events.risk.RiskEvent.RiskClosed;
import io.varve.events.risk.RiskEvent.RiskControlsLinked;
import io.varve.events.risk.RiskEvent.RiskDescribed;
import io.varve.events.risk.RiskEvent.RiskIdentified;
import io.varve.events.risk.RiskEvent.RiskReassessed;
import io.varve.events.risk.RiskEvent.RiskReopened;
import io.varve.events.risk.RiskEvent.RiskTreatmentDecided;
import io.varve.events.risk.Treatment;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceEvent.SourceConfigured;
import io.varve.events.source.SourceEvent.SourceCredentialSet;
import io.varve.events.source.SourceEvent.SourceDescribed;
import io.varve.events.source.SourceEvent.SourcePaused;
import io.varve.events.source.SourceEvent.SourceRegistered;
import io.varve.events.source.SourceEvent.SourceRescheduled;
import io.varve.events.source.SourceEvent.SourceResumed;
import io.varve.events.source.SourceId;
import io.varve.events.vendor.Vendor;
import io.varve.events.vendor.VendorEvent.VendorDataElementsListed;
import io.varve.events.vendor.VendorEvent.VendorDecided;
import io.varve.events.vendor.VendorEvent.VendorDescribed;
import io.varve.events.vendor.VendorEvent.VendorRegistered;
import io.varve.events.vendor.VendorEvent.VendorStatusChanged;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Arbitrary histories of every stream. A new stream is added to {@link #ALL}; a test holds that
 * every event type there is comes up.
 */
public final class Histories {

  private static final List<Plot> ALL =
      List.of(
          Tenancies.platform(),
          Tenancies.organization(),
          Tenancies.carrier(),
          Tenancies.tenant(),
          Identities.user(),
          Identities.role(),
          Identities.group(),
          Identities.impersonation(),
          source(),
          kri(),
          control(),
          risk(),
          outcome(),
          vendor(),
          SessionHistories.plot(),
          ApiKeyHistories.plot(),
          ProviderHistories.plot(),
          NoticeHistories.plot(),
          HoldHistories.plot(),
          ErasureHistories.plot(),
          ExportHistories.plot());

  private Histories() {}

  /** Histories of every kind of stream. */
  public static Arbitrary<History> any() {
    return Arbitraries.of(ALL).flatMap(Plot::histories);
  }

  /** Histories of one kind of stream. */
  public static Arbitrary<History> of(StreamDefinition<?, ?> stream) {
    return Arbitraries.of(ALL.stream().filter(plot -> plot.stream().equals(stream)).toList())
        .flatMap(Plot::histories);
  }

  private static Plot source() {
    Arbitrary<Source.Auth> auths = Arbitraries.of(Source.Auth.class);
    Arbitrary<Schedule> schedules = Arbitraries.of(Schedule.class);
    return new Plot(
        Source.STREAM,
        combine(
                uuids().map(SourceId::new),
                lines(),
                Arbitraries.of(Source.Kind.class),
                vendors().injectNull(0.3),
                urls(),
                auths,
                schedules,
                configs())
            .as(SourceRegistered::new),
        Arbitraries.oneOf(
            combine(lines(), vendors().injectNull(0.3)).as(SourceDescribed::new),
            combine(urls(), auths, configs()).as(SourceConfigured::new),
            uuids().injectNull(0.3).map(SourceCredentialSet::new),
            schedules.map(SourceRescheduled::new),
            just(new SourcePaused()),
            just(new SourceResumed())));
  }

  private static Plot kri() {
    return new Plot(
        Kri.STREAM,
        combine(
                uuids().map(KriId::new),
                slugs(),
                lines(),
                prose(),
                lines(),
                sources(),
                thresholds())
            .as(
                (id, slug, name, description, unit, source, t) ->
                    new KriDefined(
                        id,
                        slug,
                        name,
                        description,
                        unit,
                        source,
                        t.warn(),
                        t.critical(),
                        t.direction())),
        Arbitraries.oneOf(
            combine(lines(), prose(), lines()).as(KriDescribed::new),
            slugs().map(KriSlugChanged::new),
            sources().map(KriSourceAssigned::new),
            thresholds(),
            combine(sortedSets(risks()), outcomes().injectNull(0.3)).as(KriLinked::new),
            observations(),
            observations()));
  }

  private static Arbitrary<KriThresholdsSet> thresholds() {
    return combine(decimals(), decimals(), Arbitraries.of(Direction.class))
        .as(
            (one, other, direction) ->
                direction.reaches(other, one)
                    ? new KriThresholdsSet(one, other, direction)
                    : new KriThresholdsSet(other, one, direction));
  }

  private static Arbitrary<KriObserved> observations() {
    return combine(
            uuids().map(ObservationId::new),
            decimals(),
            instants(),
            sources(),
            prose(),
            integers().between(0, 2),
            uuids().flatMap(Values::personalOf))
        .as(
            (id, value, at, source, note, parts, address) ->
                new KriObserved(
                    id, value, at, source, parts > 0 ? note : null, parts > 1 ? address : null));
  }

  private static Plot control() {
    Arbitrary<Control.Status> statuses = Arbitraries.of(Control.Status.class);
    Arbitrary<ControlAssessed> assessments = combine(statuses, shares()).as(ControlAssessed::new);
    Arbitrary<String> frameworks = Arbitraries.of("nist-800-53r5:ac-2", "iso-27001:A.5.1(b)");
    return new Plot(
        Control.STREAM,
        combine(
                controls(),
                slugs(),
                lines(),
                prose(),
                frameworks.injectNull(0.3),
                users().injectNull(0.3),
                assessments,
                sortedSets(techniques()))
            .as(
                (id, slug, title, statement, framework, owner, a, techniques) ->
                    new ControlDefined(
                        id,
                        slug,
                        title,
                        statement,
                        framework,
                        owner,
                        a.status(),
                        a.effectiveness(),
                        techniques)),
        Arbitraries.oneOf(
            combine(lines(), prose(), frameworks.injectNull(0.3), users().injectNull(0.3))
                .as(ControlDescribed::new),
            slugs().map(ControlSlugChanged::new),
            assessments,
            sortedSets(techniques()).map(ControlTechniquesMapped::new)));
  }

  private static Plot risk() {
    Arbitrary<Integer> levels = integers().between(1, 5);
    Arbitrary<Treatment> treatments = Arbitraries.of(Treatment.class);
    return new Plot(
        Risk.STREAM,
        combine(
                risks(),
                lines(),
                prose(),
                lines(),
                users().injectNull(0.3),
                levels,
                levels,
                treatments)
            .as(RiskIdentified::new),
        Arbitraries.oneOf(
            combine(lines(), prose(), lines(), users().injectNull(0.3)).as(RiskDescribed::new),
            combine(levels, levels).as(RiskReassessed::new),
            treatments.map(RiskTreatmentDecided::new),
            sortedSets(controls()).map(RiskControlsLinked::new),
            just(new RiskClosed()),
            just(new RiskReopened())));
  }

  private static Plot outcome() {
    return new Plot(
        Outcome.STREAM,
        combine(outcomes(), lines(), prose(), users().injectNull(0.3)).as(OutcomeDefined::new),
        Arbitraries.oneOf(
            combine(lines(), prose(), users().injectNull(0.3)).as(OutcomeDescribed::new),
            sortedSets(risks()).map(OutcomeRisksLinked::new)));
  }

  private static Plot vendor() {
    Arbitrary<Integer> tiers = integers().between(1, 3);
    Arbitrary<Vendor.Status> statuses = Arbitraries.of(Vendor.Status.class);
    return new Plot(
        Vendor.STREAM,
        combine(
                vendors(),
                lines(),
                lines(),
                tiers,
                users().injectNull(0.3),
                sortedSets(lines()),
                statuses)
            .as(VendorRegistered::new),
        Arbitraries.oneOf(
            combine(lines(), lines(), tiers, users().injectNull(0.3)).as(VendorDescribed::new),
            sortedSets(lines()).map(VendorDataElementsListed::new),
            statuses.map(VendorStatusChanged::new),
            Arbitraries.of(Vendor.Decision.class).injectNull(0.3).map(VendorDecided::new)));
  }
}
