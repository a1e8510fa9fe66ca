package io.varve.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.identity.Impersonation;
import io.varve.events.identity.ImpersonationId;
import io.varve.events.identity.UserId;
import io.varve.events.session.SessionId;
import io.varve.query.identity.Impersonations;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ImpersonationsTest {

  @AutoClose private static final QueryFixture fixture = new QueryFixture();

  private final UUID tenant = UUID.randomUUID();
  private final UserId ada = new UserId(fixture.id());
  private final UserId ben = new UserId(fixture.id());

  @Test
  void aTenantSeesWhoActedAsWhomAndWhoDoesNow() {
    UUID lasts = put(ada, Duration.ofSeconds(1), Impersonation.Status.STARTED);
    UUID ended = put(ada, Duration.ofMinutes(5), Impersonation.Status.ENDED);
    UUID over = put(ben, Duration.ZERO, Impersonation.Status.STARTED);
    assertThat(ids(ListRequest.FIRST)).containsExactly(lasts, ended, over);
    assertThat(ids(ListRequest.FIRST.filteredBy("lasting", "true"))).containsExactly(lasts);
    assertThat(ids(ListRequest.FIRST.filteredBy("lasting", "false"))).containsExactly(ended, over);
    assertThat(ids(ListRequest.FIRST.filteredBy("user", ben.value().toString())))
        .containsExactly(over);
  }

  private UUID put(UserId user, Duration left, Impersonation.Status status) {
    UUID id = fixture.id();
    fixture.put(
        tenant,
        new Impersonation(
            new ImpersonationId(id),
            new UserId(new UUID(1, 1)),
            new UUID(1, 2),
            new SessionId(new UUID(1, 3)),
            user,
            "Ticket 4711",
            QueryFixture.NOW.plus(left),
            status),
        1);
    return id;
  }

  private List<UUID> ids(ListRequest request) {
    return fixture
        .queries
        .documents()
        .list(QueryFixture.caller(tenant), Impersonations.LISTING, request)
        .items()
        .stream()
        .map(Document::id)
        .toList();
  }
}
