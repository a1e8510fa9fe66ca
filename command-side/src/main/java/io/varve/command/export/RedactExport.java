package io.varve.command.export;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.export.Export.Bundle;
import io.varve.events.export.ExportId;
import io.varve.events.rule.Rules;
import java.util.UUID;

/** Notes that a bundle tells no more of somebody who was erased. Sent by Varve itself. */
@Requires(Permission.EXPORT_EXECUTE)
public record RedactExport(ExportId id, UUID subject, Bundle bundle) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
