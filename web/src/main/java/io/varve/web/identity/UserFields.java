package io.varve.web.identity;

import io.varve.events.access.Role;

/** What can be changed of a user. */
record UserFields(String name, String email, Role role) {}
