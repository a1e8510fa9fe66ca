package io.varve.web.notice;

import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.key.ApiKeyId;
import io.varve.events.notice.Notice;
import io.varve.events.notice.NoticeId;
import io.varve.events.tenancy.TenantId;
import io.varve.query.Document;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was noted. Which of its fields are there depends on its kind. Who did it is in the
 * audit trail, under the same id.
 *
 * @param user as whom somebody tried to sign in; absent where there is no such user
 * @param count how often it happened from {@code first} to {@code last}
 * @param failures after how many an account was locked, {@code until} when
 * @param what was read across tenants, {@code tenants} of how many, {@code tenant} of which one
 */
record NoticeView(
    NoticeId id,
    Instant at,
    Notice.Kind kind,
    @Nullable UserId user,
    @Nullable Permission permission,
    @Nullable ApiKeyId key,
    Notice.@Nullable KeyFlaw reason,
    @Nullable Long count,
    @Nullable Instant first,
    @Nullable Instant last,
    @Nullable Integer failures,
    @Nullable Instant until,
    @Nullable String what,
    @Nullable Long tenants,
    @Nullable TenantId tenant) {

  static NoticeView of(Document<Notice> document) {
    Notice notice = document.state();
    return new NoticeView(
        notice.id(),
        document.at(),
        notice.kind(),
        notice.user(),
        notice.permission(),
        notice.key(),
        notice.reason(),
        notice.count(),
        notice.first(),
        notice.last(),
        notice.failures(),
        notice.until(),
        notice.what(),
        notice.tenants(),
        notice.tenant());
  }
}
