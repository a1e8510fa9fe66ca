package io.varve.web.oidc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whom a provider vouches for.
 *
 * @param subject who it is there, for good
 * @param email an address that the provider has seen to be that person's; null if it names none
 * @param secondFactorAt when more than a password was asked for, as the provider says; null if it
 *     does not
 */
record Identity(String subject, @Nullable String email, @Nullable Instant secondFactorAt) {}
