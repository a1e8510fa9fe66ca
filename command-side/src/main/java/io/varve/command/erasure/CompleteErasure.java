package io.varve.command.erasure;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.erasure.Erasure;
import io.varve.events.erasure.ErasureId;
import io.varve.events.rule.Rules;
import java.util.SortedMap;

/** Notes that an approved erasure is executed. Sent by Varve itself. */
@Requires(Permission.ERASURE_EXECUTE)
public record CompleteErasure(ErasureId id, Erasure.Extent extent, SortedMap<String, Long> removed)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
