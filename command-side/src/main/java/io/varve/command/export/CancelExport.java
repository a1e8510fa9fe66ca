package io.varve.command.export;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.export.ExportId;
import io.varve.events.rule.Rules;

/** Wants a bundle no more that is not made yet. */
@Requires(Permission.EXPORT_WRITE)
public record CancelExport(ExportId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
