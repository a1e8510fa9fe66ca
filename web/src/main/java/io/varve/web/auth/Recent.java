package io.varve.web.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What streams came to a moment ago, folded from the ledger: never more than two seconds old,
 * whatever node wrote to them. Whoever would refuse something because of it looks again first.
 */
final class Recent {

  static final Duration AGE = Duration.ofSeconds(2);
  static final int STREAMS = 50_000;

  private final LedgerReader ledger;
  private final Cache<Key, State> states =
      Caffeine.newBuilder().expireAfterWrite(AGE).maximumSize(STREAMS).build();

  private record Key(UUID tenant, UUID id) {}

  Recent(Database database) {
    this.ledger = new LedgerReader(database);
  }

  /** What a stream of a tenant came to, if there is one of that kind. */
  <S extends State> Optional<S> find(StreamDefinition<S, ?> stream, UUID tenant, UUID id) {
    // What is not there is not remembered: a home is looked for as several kinds of stream.
    @Nullable State state =
        states.get(
            new Key(tenant, id),
            key -> ledger.state(Scope.command(tenant), stream, tenant, id).orElse(null));
    return Optional.ofNullable(state)
        .filter(stream.stateType()::isInstance)
        .map(stream.stateType()::cast);
  }

  /** Looks again when it is asked the next time. */
  void forget(UUID tenant, UUID id) {
    states.invalidate(new Key(tenant, id));
  }
}
