package io.varve.web.identity;

import io.varve.events.access.Permission;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What a person says of a role of a tenant's own making. */
record RoleFields(String name, @Nullable String description, SortedSet<Permission> permissions) {}
