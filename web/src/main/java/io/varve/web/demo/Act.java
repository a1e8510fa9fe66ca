package io.varve.web.demo;

import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A command that somebody sends at a time.
 *
 * @param tenant within which
 * @param command asked for when its time has come, once all that was before it is done; null where
 *     there is nothing left to do
 */
record Act(
    Instant at,
    UUID tenant,
    By by,
    Via via,
    @Nullable String reason,
    Supplier<@Nullable StreamCommand> command) {

  /**
   * Who.
   *
   * @param address the client's IP address, if there is one
   */
  record By(Actor actor, Set<Permission> permissions, @Nullable String address) {}
}
