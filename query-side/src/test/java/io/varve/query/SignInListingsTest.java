package io.varve.query;

import static io.varve.query.QueryFixture.NOW;
import static io.varve.query.QueryFixture.caller;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.State;
import io.varve.events.identity.UserId;
import io.varve.events.key.ApiKey;
import io.varve.events.key.ApiKeyId;
import io.varve.events.key.KeyScope;
import io.varve.events.notice.Notice;
import io.varve.events.notice.NoticeEvent.AccountLocked;
import io.varve.events.notice.NoticeEvent.TenantsRead;
import io.varve.events.notice.NoticeId;
import io.varve.events.session.Session;
import io.varve.events.session.SessionId;
import io.varve.query.key.ApiKeys;
import io.varve.query.notice.Notices;
import io.varve.query.session.Sessions;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SignInListingsTest {

  @AutoClose private static final QueryFixture fixture = new QueryFixture();

  private final UUID tenant = UUID.randomUUID();
  private final UserId user = new UserId(UUID.randomUUID());
  private final UserId other = new UserId(UUID.randomUUID());

  @Test
  void sessionsAreThoseOfAUserAndOpenOrEnded() {
    UUID open = session(user, Session.Status.OPEN);
    UUID ended = session(user, Session.Status.ENDED);
    session(other, Session.Status.OPEN);
    ListRequest own = ListRequest.FIRST.filteredBy("user", user.value().toString());
    assertThat(ids(Sessions.OWN, own)).containsExactly(open, ended);
    assertThat(ids(Sessions.LISTING, own.filteredBy("status", "ended"))).containsExactly(ended);
    assertThat(ids(Sessions.LISTING, ListRequest.FIRST)).hasSize(3);
  }

  @Test
  void keysAreThoseOfAMakerForAUseAndRevokedOrNot() {
    UUID first = key("Reports", user, ApiKey.Use.API, ApiKey.Status.ACTIVE);
    UUID second = key("Directory", user, ApiKey.Use.DIRECTORY, ApiKey.Status.ACTIVE);
    UUID third = key("Old reports", other, ApiKey.Use.API, ApiKey.Status.REVOKED);
    ListRequest all = ListRequest.FIRST;
    assertThat(ids(ApiKeys.LISTING, all.filteredBy("maker", user.value().toString())))
        .containsExactly(first, second);
    assertThat(ids(ApiKeys.LISTING, all.filteredBy("use", "api"))).containsExactly(first, third);
    assertThat(ids(ApiKeys.LISTING, all.filteredBy("status", "revoked"))).containsExactly(third);
    assertThat(ids(ApiKeys.LISTING, all.filteredBy("q", "REPORT").sortedBy("name")))
        .containsExactly(third, first);
  }

  @Test
  void noticesAreThoseOfAKind() {
    var read = new TenantsRead(new NoticeId(fixture.id()), "portfolio", 3, null);
    var locked = new AccountLocked(new NoticeId(fixture.id()), user, NOW, 10);
    put(Notice.STREAM.evolve(null, read));
    put(Notice.STREAM.evolve(null, locked));
    assertThat(ids(Notices.LISTING, ListRequest.FIRST.filteredBy("kind", "account-locked")))
        .containsExactly(locked.id().value());
  }

  private UUID session(UserId of, Session.Status status) {
    return put(
        new Session(
            new SessionId(fixture.id()),
            of,
            0,
            Session.Method.PASSWORD,
            null,
            null,
            0,
            NOW,
            status,
            null));
  }

  private UUID key(String name, UserId maker, ApiKey.Use use, ApiKey.Status status) {
    return put(
        new ApiKey(
            new ApiKeyId(fixture.id()),
            name,
            maker,
            "abcd1234",
            use,
            new TreeSet<>(List.of(KeyScope.READ)),
            null,
            null,
            status));
  }

  private UUID put(State state) {
    fixture.put(tenant, state, 1);
    return state.id().value();
  }

  private <S extends State> List<UUID> ids(Listing<Document<S>> listing, ListRequest request) {
    return fixture.queries.documents().list(caller(tenant), listing, request).items().stream()
        .map(Document::id)
        .toList();
  }
}
