package io.varve.command.identity;

import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import org.jspecify.annotations.Nullable;

/**
 * What a directory says of a user. Whoever sends it hands what is unchanged over as it is, not
 * sealed anew.
 *
 * @param emailHash of the address, from the vault
 * @param externalId what the directory calls the user; null for nothing
 * @param externalIdHash of the same, from the vault
 * @param active whether the user may sign in
 */
public record DirectoryEntry(
    Personal name,
    Personal email,
    String emailHash,
    @Nullable Personal externalId,
    @Nullable String externalIdHash,
    boolean active) {

  static void check(Rules rules, @Nullable DirectoryEntry entry) {
    rules.required("/entry", entry);
    if (entry != null) {
      rules
          .required("/name", entry.name)
          .required("/email", entry.email)
          .required("/email", entry.emailHash);
    }
  }
}
