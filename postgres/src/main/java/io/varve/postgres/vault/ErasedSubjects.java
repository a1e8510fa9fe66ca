package io.varve.postgres.vault;

import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Those of a tenant whose keys were destroyed, so that nobody can read any more what is stored
 * about them.
 *
 * @param all whether the tenant's own key was destroyed, and so everybody's
 * @param ids whose keys were
 */
public record ErasedSubjects(boolean all, Set<UUID> ids) {

  private static final String SUBJECTS =
      """
      select subject_id from ops.subject_key where tenant_id = ? and erased is not null
      """;

  public ErasedSubjects {
    ids = Set.copyOf(ids);
  }

  /** Reads them as they are now. */
  public static ErasedSubjects of(Database database, UUID tenant) {
    Set<UUID> ids =
        database
            .query(
                Scope.vault(tenant),
                SUBJECTS,
                (statement, first) -> statement.setObject(first, tenant),
                row -> row.getObject(1, UUID.class))
            .stream()
            .collect(Collectors.toSet());
    return new ErasedSubjects(new Erasures(database).isErased(tenant), ids);
  }

  public boolean contains(UUID subject) {
    return all || ids.contains(subject);
  }

  public boolean isEmpty() {
    return !all && ids.isEmpty();
  }
}
