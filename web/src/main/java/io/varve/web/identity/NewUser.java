package io.varve.web.identity;

import io.varve.events.access.Role;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may use Varve from now on.
 *
 * @param home the platform, organization or tenant to belong to; absent for the caller's own
 * @param role one of that home
 * @param password absent for one who is only invited
 */
record NewUser(
    @Nullable UUID home, String name, String email, Role role, @Nullable String password) {}
