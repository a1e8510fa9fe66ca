package io.varve.command.tenancy;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.KeyRing;
import io.varve.events.tenancy.PlatformId;

/**
 * Writes down that a node uses a newer version of one of the installation's keys. Any node may, any
 * number of times: only the first to tell of a version is heard.
 */
@Requires(Permission.SECURITY_NOTE)
public record RecordKeyRotation(PlatformId id, KeyRing ring, int version) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/ring", ring);
  }
}
