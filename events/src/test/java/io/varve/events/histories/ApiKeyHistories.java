package io.varve.events.histories;

import static io.varve.events.histories.Values.instants;
import static io.varve.events.histories.Values.lines;
import static io.varve.events.histories.Values.sources;
import static io.varve.events.histories.Values.users;
import static io.varve.events.histories.Values.uuids;
import static net.jqwik.api.Combinators.combine;

import io.varve.events.key.ApiKey;
import io.varve.events.key.ApiKeyEvent.ApiKeyIssued;
import io.varve.events.key.ApiKeyEvent.ApiKeyRevoked;
import io.varve.events.key.ApiKeyId;
import io.varve.events.key.KeyScope;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Arbitrary API keys. */
final class ApiKeyHistories {

  private ApiKeyHistories() {}

  static Plot plot() {
    Arbitrary<String> prefixes =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withCharRange('0', '9')
            .ofMinLength(8)
            .ofMaxLength(12);
    return new Plot(
        ApiKey.STREAM,
        combine(
                uuids().map(ApiKeyId::new),
                lines(),
                users(),
                prefixes,
                Arbitraries.of(ApiKey.Use.class),
                Arbitraries.of(KeyScope.class).set().ofMinSize(1),
                sources(),
                instants().injectNull(0.3))
            .as(
                (id, name, maker, prefix, use, scopes, source, expires) ->
                    new ApiKeyIssued(
                        id,
                        name,
                        maker,
                        prefix,
                        use,
                        use == ApiKey.Use.API ? new TreeSet<>(scopes) : new TreeSet<>(),
                        use == ApiKey.Use.PUSH ? source : null,
                        expires)),
        Arbitraries.just(new ApiKeyRevoked()));
  }
}
