package io.varve.command.erasure;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.erasure.ErasureId;
import io.varve.events.hold.HoldId;
import io.varve.events.rule.Rules;
import org.jspecify.annotations.Nullable;

/**
 * Notes that an approved erasure cannot be executed. Sent by Varve itself.
 *
 * @param hold that covers it; null where the person is the last administrator
 */
@Requires(Permission.ERASURE_EXECUTE)
public record BlockErasure(ErasureId id, @Nullable HoldId hold, @Nullable String matter)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
