package io.varve.web;

import io.varve.postgres.ConnectionSettings;
import org.jspecify.annotations.Nullable;

/**
 * The database that this process works on; registered as a bean before the context is refreshed.
 *
 * @param owner for migrations; absent where an external database was migrated by {@code varve
 *     migrate}
 * @param login for everything else
 */
public record DatabaseSettings(@Nullable ConnectionSettings owner, ConnectionSettings login) {}
