package io.varve.web.demo;

import io.varve.events.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can sign in to the demo.
 *
 * @param tenant the tenant's name; null for one who belongs to none
 * @param totpSecret in base32, what the codes are made from that signing in takes besides; null for
 *     one who has no second factor
 */
public record Account(
    Role role,
    @Nullable String tenant,
    String email,
    String password,
    @Nullable String totpSecret) {}
