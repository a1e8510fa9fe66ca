package io.varve.events.histories;

import static io.varve.events.histories.Values.flags;
import static io.varve.events.histories.Values.lines;
import static io.varve.events.histories.Values.uuids;
import static net.jqwik.api.Arbitraries.just;
import static net.jqwik.api.Combinators.combine;

import io.varve.events.provider.Provider;
import io.varve.events.provider.ProviderEvent.ProviderCredentialSet;
import io.varve.events.provider.ProviderEvent.ProviderDisabled;
import io.varve.events.provider.ProviderEvent.ProviderEnabled;
import io.varve.events.provider.ProviderEvent.ProviderRegistered;
import io.varve.events.provider.ProviderEvent.ProviderRevised;
import io.varve.events.provider.ProviderId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Arbitrary identity providers. */
final class ProviderHistories {

  private ProviderHistories() {}

  static Plot plot() {
    Arbitrary<String> issuers =
        Arbitraries.of("https://login.example/realms/acme", "http://127.0.0.1:8080");
    return new Plot(
        Provider.STREAM,
        combine(
                uuids().map(ProviderId::new),
                lines(),
                issuers,
                lines(),
                flags(),
                uuids().injectNull(0.3))
            .as(ProviderRegistered::new),
        Arbitraries.oneOf(
            combine(lines(), issuers, lines(), flags()).as(ProviderRevised::new),
            uuids().injectNull(0.3).map(ProviderCredentialSet::new),
            just(new ProviderDisabled()),
            just(new ProviderEnabled())));
  }
}
