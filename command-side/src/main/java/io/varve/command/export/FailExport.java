package io.varve.command.export;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.export.ExportId;
import io.varve.events.rule.Rules;

/** Notes that a bundle cannot be made. Sent by Varve itself. */
@Requires(Permission.EXPORT_EXECUTE)
public record FailExport(ExportId id, String code) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
