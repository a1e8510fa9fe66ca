/** The one way to the database: roles, scopes, transactions and migrations. */
@NullMarked
package io.varve.postgres;

import org.jspecify.annotations.NullMarked;
