/** PostgreSQL run by Varve itself: a data folder, the server in it, and the database in that. */
@NullMarked
package io.varve.postgres.cluster;

import org.jspecify.annotations.NullMarked;
