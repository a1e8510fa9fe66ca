package io.varve.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.StreamId;
import io.varve.events.TenantEvent;
import io.varve.events.catalog.EventTypes;
import io.varve.events.identity.UserId;
import io.varve.events.key.ApiKey;
import io.varve.events.key.ApiKeyEvent.ApiKeyIssued;
import io.varve.events.key.ApiKeyEvent.ApiKeyRevoked;
import io.varve.events.key.ApiKeyId;
import io.varve.events.key.KeyScope;
import io.varve.events.notice.Notice;
import io.varve.events.notice.NoticeEvent.KeyRefused;
import io.varve.events.notice.NoticeId;
import io.varve.events.provider.ProviderEvent.ProviderDisabled;
import io.varve.events.provider.ProviderEvent.ProviderRegistered;
import io.varve.events.provider.ProviderId;
import io.varve.events.session.Factor;
import io.varve.events.session.Session;
import io.varve.events.session.SessionEvent.SessionEnded;
import io.varve.events.session.SessionEvent.SessionStarted;
import io.varve.events.session.SessionEvent.SessionVerified;
import io.varve.events.session.SessionId;
import io.varve.postgres.testing.TestLedger.Fact;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SignInDocumentsTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456Z");

  @AutoClose private final Fixture fixture = new Fixture();
  private final UUID tenant = UUID.randomUUID();
  private final UserId user = new UserId(UUID.randomUUID());

  @Test
  void sessionsKeysProvidersAndNoticesAreReadAsTheirFolds() {
    var key = new ApiKeyId(UUID.randomUUID());
    try (Projections projections = fixture.projections(Fixture.settings(2, 2, 2))) {
      projections.start();
      assertRead(projections, session());
      assertRead(projections, key(key));
      assertRead(projections, provider());
      assertRead(
          projections,
          List.of(
              new KeyRefused(
                  new NoticeId(UUID.randomUUID()), key, Notice.KeyFlaw.REVOKED, 3, AT, AT)));
    }
  }

  private List<TenantEvent> session() {
    var id = new SessionId(UUID.randomUUID());
    return List.of(
        new SessionStarted(id, user, 0, Session.Method.PASSWORD, null, null, 1, AT.plusSeconds(60)),
        new SessionVerified(Factor.TOTP, AT),
        new SessionEnded(Session.Ending.SIGNED_OUT));
  }

  private List<TenantEvent> key(ApiKeyId id) {
    return List.of(
        new ApiKeyIssued(
            id,
            "Reports",
            user,
            "abcd1234",
            ApiKey.Use.API,
            new TreeSet<>(List.of(KeyScope.READ)),
            null,
            AT),
        new ApiKeyRevoked());
  }

  private static List<TenantEvent> provider() {
    return List.of(
        new ProviderRegistered(
            new ProviderId(UUID.randomUUID()),
            "Acme",
            "https://login.example",
            "varve",
            false,
            null),
        new ProviderDisabled());
  }

  private void assertRead(Projections projections, List<? extends TenantEvent> events) {
    StreamDefinition<?, ?> stream = EventTypes.catalog().streamOf(events.getFirst());
    State state = stream.evolve(null, events.getFirst());
    StreamId id = state.id();
    for (int sequence = 0; sequence < events.size(); sequence++) {
      TenantEvent event = events.get(sequence);
      fixture.ledger.append(new Fact(tenant, id.value(), sequence, event));
      state = sequence == 0 ? state : stream.evolve(state, event);
    }
    fixture.awaitCaughtUp(projections);
    assertThat(fixture.documents(tenant, stream)).containsOnlyKeys(id.value());
    assertThat(fixture.documents(tenant, stream)).containsEntry(id.value(), state);
  }
}
