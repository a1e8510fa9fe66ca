package io.varve.command.erasure;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.erasure.ErasureId;
import io.varve.events.rule.Rules;

/** Agrees with another that something is to be erased. */
@Requires(Permission.ERASURE_WRITE)
public record ApproveErasure(ErasureId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
