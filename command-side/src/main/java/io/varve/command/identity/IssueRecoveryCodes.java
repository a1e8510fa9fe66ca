package io.varve.command.identity;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;

/**
 * Notes that the caller has new recovery codes. Their hashes are kept elsewhere.
 *
 * @param count how many
 */
@Requires(Permission.ACCOUNT_WRITE)
public record IssueRecoveryCodes(UserId id, int count) implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.range("/count", count, 1, User.MAX_RECOVERY_CODES);
  }
}
