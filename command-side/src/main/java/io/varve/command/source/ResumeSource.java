package io.varve.command.source;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.source.SourceId;

/** Takes values from a paused source again. */
@Requires(Permission.SOURCE_WRITE)
public record ResumeSource(SourceId id) implements StreamCommand {

  @Override
  public void check(Rules rules) {}
}
