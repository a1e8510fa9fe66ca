package io.varve.command.notice;

import io.varve.events.Json;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.key.ApiKeyId;
import io.varve.events.notice.Notice.KeyFlaw;
import io.varve.events.notice.NoticeEvent;
import io.varve.events.notice.NoticeEvent.KeyRefused;
import io.varve.events.notice.NoticeEvent.PermissionRefused;
import io.varve.events.notice.NoticeEvent.SignInFailed;
import io.varve.events.notice.NoticeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What anybody can do again and again, so that it is counted. */
public sealed interface Misuse {

  /** The notice of so many of them. */
  NoticeEvent noted(NoticeId id, long count, Instant first, Instant last);

  /**
   * Signing in failed.
   *
   * @param user as whom; null where there is no such user
   */
  record FailedSignIn(@Nullable UserId user) implements Misuse {
    @Override
    public NoticeEvent noted(NoticeId id, long count, Instant first, Instant last) {
      return new SignInFailed(id, user, count, first, last);
    }
  }

  /** The actor lacked a permission. */
  record LackedPermission(Permission permission) implements Misuse {
    @Override
    public NoticeEvent noted(NoticeId id, long count, Instant first, Instant last) {
      return new PermissionRefused(id, permission, count, first, last);
    }
  }

  /** A key was used that opens nothing any more. */
  record FlawedKey(ApiKeyId key, KeyFlaw reason) implements Misuse {
    @Override
    public NoticeEvent noted(NoticeId id, long count, Instant first, Instant last) {
      return new KeyRefused(id, key, reason, count, first, last);
    }
  }

  /** Which of these it is, for {@link #read}. */
  default String kind() {
    return switch (this) {
      case FailedSignIn s -> "failed-sign-in";
      case LackedPermission p -> "lacked-permission";
      case FlawedKey k -> "flawed-key";
    };
  }

  /** Reads back what {@link Json#write} has made of one. */
  static Misuse read(String kind, String json) {
    return switch (kind) {
      case "failed-sign-in" -> Json.read(json, FailedSignIn.class);
      case "lacked-permission" -> Json.read(json, LackedPermission.class);
      case "flawed-key" -> Json.read(json, FlawedKey.class);
      default -> throw new IllegalArgumentException("no such misuse: " + kind);
    };
  }
}
