package io.varve.web.impersonation;

import io.varve.events.identity.Impersonation;
import io.varve.events.identity.ImpersonationId;
import io.varve.events.identity.UserId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who acts or acted as a user.
 *
 * @param adminName absent once it was erased
 * @param userName absent once it was erased
 * @param until when it is over, unless it was ended before
 * @param ended when it was ended before its time; absent if it was not
 * @param events how many it made
 */
record ImpersonationView(
    ImpersonationId id,
    long version,
    UserId admin,
    @Nullable String adminName,
    UserId user,
    @Nullable String userName,
    String reason,
    Instant from,
    Instant until,
    @Nullable Instant ended,
    long events)
    implements Versioned {

  static ImpersonationView of(
      Document<Impersonation> document,
      @Nullable String adminName,
      @Nullable String userName,
      long events) {
    Impersonation impersonation = document.state();
    return new ImpersonationView(
        impersonation.id(),
        document.sequence(),
        impersonation.admin(),
        adminName,
        impersonation.user(),
        userName,
        impersonation.reason(),
        document.created(),
        impersonation.until(),
        impersonation.status() == Impersonation.Status.ENDED ? document.at() : null,
        events);
  }
}
