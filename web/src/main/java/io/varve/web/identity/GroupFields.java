package io.varve.web.identity;

import org.jspecify.annotations.Nullable;

/**
 * What a person says of a group.
 *
 * @param externalId what a directory calls it; absent for one of no directory
 */
record GroupFields(String name, @Nullable String externalId) {}
