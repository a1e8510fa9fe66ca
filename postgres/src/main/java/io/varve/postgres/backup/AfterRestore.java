package io.varve.postgres.backup;

import io.varve.postgres.ConnectionSettings;

/**
 * What has to be done to a restored database before anybody uses it. An older state has the wrapped
 * keys of people who were erased since: whoever knows of their erasures destroys them here again.
 */
@FunctionalInterface
public interface AfterRestore {

  /**
   * @param owner of the restored database, whose schema may be an older version's
   */
  void apply(ConnectionSettings owner, Restored restored);
}
