package io.varve.web.audit;

import io.varve.events.provenance.Actor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who did something.
 *
 * @param name as it is now; absent once it was erased
 */
record Who(Actor.Kind kind, UUID id, @Nullable String name) {}
