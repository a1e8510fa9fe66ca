package io.varve.command.tenancy;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.Platform;
import io.varve.events.tenancy.PlatformId;

/** Gives the platform another name. */
@Requires(Permission.PLATFORM_WRITE)
public record RenamePlatform(PlatformId id, String name) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.line("/name", name, Platform.MAX_NAME);
  }
}
