package io.varve.web.identity;

import io.varve.events.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may use Varve from now on.
 *
 * @param role one of that home
 * @param password absent for one who is only invited
 */
record NewUser(String name, String email, Role role, @Nullable String password) {}
