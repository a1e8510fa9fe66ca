package io.varve.events.notice;

import io.varve.events.EventType;
import io.varve.events.TenantEvent;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.key.ApiKeyId;
import io.varve.events.tenancy.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is noted. Each notice is a stream of its own, of this one event. Who did it is the event's
 * actor. What happens again and again is noted once with its count, so that nobody can fill the
 * ledger: the counts of all notices add up to what happened.
 */
public sealed interface NoticeEvent extends TenantEvent {

  NoticeId id();

  /**
   * Signing in failed.
   *
   * @param user as whom; null where there is no such user
   * @param first when the first of them was, cut to the microsecond
   * @param last when the last of them was, cut to the microsecond
   */
  @EventType(value = "notice.sign-in-failed", says = "noted that signing in failed")
  record SignInFailed(NoticeId id, @Nullable UserId user, long count, Instant first, Instant last)
      implements NoticeEvent {
    public SignInFailed {
      first = first.truncatedTo(ChronoUnit.MICROS);
      last = last.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /**
   * Signing in failed so often that nobody can for a while.
   *
   * @param user as whom; null where there is no such user
   * @param until when it can be tried again, cut to the microsecond
   */
  @EventType(value = "notice.account-locked", says = "noted that signing in is locked for a while")
  record AccountLocked(NoticeId id, @Nullable UserId user, Instant until, int failures)
      implements NoticeEvent {
    public AccountLocked {
      until = until.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /**
   * Somebody asked for what he may not do.
   *
   * @param permission the one that was lacking
   * @param first when the first of them was, cut to the microsecond
   * @param last when the last of them was, cut to the microsecond
   */
  @EventType(value = "notice.permission-refused", says = "asked for what they may not do")
  record PermissionRefused(
      NoticeId id, Permission permission, long count, Instant first, Instant last)
      implements NoticeEvent {
    public PermissionRefused {
      first = first.truncatedTo(ChronoUnit.MICROS);
      last = last.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /**
   * Somebody read across tenants, which is allowed and noted for every request.
   *
   * @param what was read, for example {@code rollup}
   * @param tenants of how many tenants
   * @param tenant the one, where it was of one
   */
  @EventType(value = "notice.tenants-read", says = "read across tenants")
  record TenantsRead(NoticeId id, String what, long tenants, @Nullable TenantId tenant)
      implements NoticeEvent {}

  /**
   * A key that opens nothing any more was used.
   *
   * @param first when the first of them was, cut to the microsecond
   * @param last when the last of them was, cut to the microsecond
   */
  @EventType(value = "notice.key-refused", says = "used an API key that opens nothing any more")
  record KeyRefused(
      NoticeId id, ApiKeyId key, Notice.KeyFlaw reason, long count, Instant first, Instant last)
      implements NoticeEvent {
    public KeyRefused {
      first = first.truncatedTo(ChronoUnit.MICROS);
      last = last.truncatedTo(ChronoUnit.MICROS);
    }
  }
}
