package io.varve.events.histories;

import static io.varve.events.histories.Values.instants;
import static io.varve.events.histories.Values.users;
import static io.varve.events.histories.Values.uuids;
import static net.jqwik.api.Combinators.combine;

import io.varve.events.access.Permission;
import io.varve.events.key.ApiKeyId;
import io.varve.events.notice.Notice;
import io.varve.events.notice.NoticeEvent.AccountLocked;
import io.varve.events.notice.NoticeEvent.KeyRefused;
import io.varve.events.notice.NoticeEvent.PermissionRefused;
import io.varve.events.notice.NoticeEvent.SignInFailed;
import io.varve.events.notice.NoticeEvent.TenantsRead;
import io.varve.events.notice.NoticeId;
import io.varve.events.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Arbitrary notices. */
final class NoticeHistories {

  private NoticeHistories() {}

  /** How often something happened, and from when to when. */
  private record Times(long count, Instant first, Instant last) {}

  static Plot plot() {
    Arbitrary<NoticeId> ids = uuids().map(NoticeId::new);
    Arbitrary<Times> times =
        combine(
                Arbitraries.longs().greaterOrEqual(1),
                instants(),
                Arbitraries.integers().between(0, 900))
            .as(
                (count, first, rest) ->
                    new Times(count, first, first.plus(Duration.ofSeconds(rest))));
    return new Plot(
        Notice.STREAM,
        Arbitraries.oneOf(
            combine(ids, users().injectNull(0.3), times)
                .as((id, user, t) -> new SignInFailed(id, user, t.count(), t.first(), t.last())),
            combine(
                    ids,
                    users().injectNull(0.3),
                    instants(),
                    Arbitraries.integers().greaterOrEqual(1))
                .as(AccountLocked::new),
            combine(ids, Arbitraries.of(Permission.class), times)
                .as(
                    (id, permission, t) ->
                        new PermissionRefused(id, permission, t.count(), t.first(), t.last())),
            combine(
                    ids,
                    Arbitraries.of("portfolio", "rollup-series"),
                    Arbitraries.longs().greaterOrEqual(0),
                    uuids().map(TenantId::new).injectNull(0.5))
                .as(TenantsRead::new),
            combine(ids, uuids().map(ApiKeyId::new), Arbitraries.of(Notice.KeyFlaw.class), times)
                .as(
                    (id, key, reason, t) ->
                        new KeyRefused(id, key, reason, t.count(), t.first(), t.last()))),
        null);
  }
}
