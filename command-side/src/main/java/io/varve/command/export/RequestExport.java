package io.varve.command.export;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.export.Export;
import io.varve.events.export.ExportId;
import io.varve.events.export.ExportScope;
import io.varve.events.rule.Rules;

/**
 * Wants a bundle of events, and of what proves them.
 *
 * @param purpose why: it stands in the bundle
 */
@Requires(Permission.EXPORT_WRITE)
public record RequestExport(
    ExportId id, ExportScope scope, String purpose, Export.Personal personal)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.line("/purpose", purpose, Export.MAX_PURPOSE);
    scope.check(rules);
  }
}
