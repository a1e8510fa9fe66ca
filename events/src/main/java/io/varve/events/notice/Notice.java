package io.varve.events.notice;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.key.ApiKeyId;
import io.varve.events.notice.NoticeEvent.AccountLocked;
import io.varve.events.notice.NoticeEvent.KeyRefused;
import io.varve.events.notice.NoticeEvent.PermissionRefused;
import io.varve.events.notice.NoticeEvent.SignInFailed;
import io.varve.events.notice.NoticeEvent.TenantsRead;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.TenantId;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that was noted. Which of its fields are there depends on its kind, and each is as in
 * the event of that kind.
 *
 * @param count how often it happened from {@code first} to {@code last}
 */
public record Notice(
    NoticeId id,
    Kind kind,
    @Nullable UserId user,
    @Nullable Permission permission,
    @Nullable ApiKeyId key,
    @Nullable KeyFlaw reason,
    @Nullable Long count,
    @Nullable Instant first,
    @Nullable Instant last,
    @Nullable Integer failures,
    @Nullable Instant until,
    @Nullable String what,
    @Nullable Long tenants,
    @Nullable TenantId tenant)
    implements State {

  public static final StreamDefinition<Notice, NoticeEvent> STREAM =
      new StreamDefinition<>("notice", Notice.class, NoticeEvent.class, Notice::evolve);

  private static final Pattern WHAT = Pattern.compile("[a-z][a-z-]{0,63}");

  /** What sort of thing was noted. */
  public enum Kind {
    SIGN_IN_FAILED,
    ACCOUNT_LOCKED,
    PERMISSION_REFUSED,
    TENANTS_READ,
    KEY_REFUSED
  }

  /** Why a key opens nothing. */
  public enum KeyFlaw {
    REVOKED,
    EXPIRED
  }

  static Notice evolve(@Nullable Notice notice, NoticeEvent event) {
    if (notice != null) {
      throw new IllegalStateException("a notice is one event");
    }
    return switch (event) {
      case SignInFailed e ->
          counted(
              e.id(),
              Kind.SIGN_IN_FAILED,
              e.user(),
              null,
              null,
              null,
              e.count(),
              e.first(),
              e.last());
      case PermissionRefused e ->
          counted(
              e.id(),
              Kind.PERMISSION_REFUSED,
              null,
              e.permission(),
              null,
              null,
              e.count(),
              e.first(),
              e.last());
      case KeyRefused e ->
          counted(
              e.id(),
              Kind.KEY_REFUSED,
              null,
              null,
              e.key(),
              e.reason(),
              e.count(),
              e.first(),
              e.last());
      case AccountLocked e ->
          new Notice(
              e.id(),
              Kind.ACCOUNT_LOCKED,
              e.user(),
              null,
              null,
              null,
              null,
              null,
              null,
              e.failures(),
              e.until(),
              null,
              null,
              null);
      case TenantsRead e ->
          new Notice(
              e.id(),
              Kind.TENANTS_READ,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              e.what(),
              e.tenants(),
              e.tenant());
    };
  }

  @Override
  public void check(Rules rules) {
    if (count != null) {
      rules.range("/count", count, 1, Long.MAX_VALUE);
    }
    if (first != null && last != null) {
      rules.hold(!last.isBefore(first), "/last", "before-first", "must not be before the first");
    }
    if (failures != null) {
      rules.range("/failures", failures, 1, Integer.MAX_VALUE);
    }
    if (what != null) {
      rules.matches("/what", what, WHAT, "must be a name of lower-case letters and hyphens");
    }
    if (tenants != null) {
      rules.range("/tenants", tenants, 0, Long.MAX_VALUE);
    }
  }

  private static Notice counted(
      NoticeId id,
      Kind kind,
      @Nullable UserId user,
      @Nullable Permission permission,
      @Nullable ApiKeyId key,
      @Nullable KeyFlaw reason,
      long count,
      Instant first,
      Instant last) {
    return new Notice(
        id, kind, user, permission, key, reason, count, first, last, null, null, null, null, null);
  }
}
