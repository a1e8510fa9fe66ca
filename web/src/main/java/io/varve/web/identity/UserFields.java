package io.varve.web.identity;

import io.varve.events.access.Role;
import io.varve.events.identity.RoleId;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What can be changed of a user.
 *
 * @param roles of the tenant's own making; absent for none
 */
record UserFields(String name, String email, Role role, @Nullable SortedSet<RoleId> roles) {}
