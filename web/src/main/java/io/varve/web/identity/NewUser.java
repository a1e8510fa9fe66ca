package io.varve.web.identity;

import io.varve.events.access.Role;
import io.varve.events.identity.RoleId;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may use Varve from now on.
 *
 * @param role one of that home
 * @param roles of the tenant's own making; absent for none
 * @param password absent for one who is only invited
 */
record NewUser(
    String name,
    String email,
    Role role,
    @Nullable SortedSet<RoleId> roles,
    @Nullable String password) {}
