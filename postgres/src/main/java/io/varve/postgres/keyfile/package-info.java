/** Keys that live in files, each in numbered versions. */
@NullMarked
package io.varve.postgres.keyfile;

import org.jspecify.annotations.NullMarked;
