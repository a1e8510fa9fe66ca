package io.varve.command.export;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.export.ExportId;
import io.varve.events.rule.Rules;

/**
 * Notes that bytes of a bundle are handed out to the caller.
 *
 * @param sha256 which bundle that was, for it may have been made anew
 */
@Requires(Permission.EXPORT_READ)
public record NoteDownload(ExportId id, String sha256, long first, long last)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.range("/first", first, 0, last);
  }
}
