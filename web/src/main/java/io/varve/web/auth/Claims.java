package io.varve.web.auth;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an access token says, once its signature, issuer, audience and times are verified.
 *
 * @param home the platform, organization, tenant or carrier of the user
 * @param session the sign-in that it belongs to: the user's or, with {@code by}, the impersonator's
 * @param permissionsVersion of what the user might do when it was made
 * @param verifiedAt when the second factor was given last, to the second; null if it was not
 * @param by who acts as the user, if somebody else does
 */
record Claims(
    UUID home,
    UUID user,
    UUID session,
    String permissionsVersion,
    @Nullable Instant verifiedAt,
    @Nullable By by) {

  /** Somebody who acts as another, by a certain impersonation. */
  record By(UUID home, UUID admin, UUID impersonation) {}
}
