/** Questions about the read models: documents, lists, and waiting for one's own writes. */
@NullMarked
package io.varve.query;

import org.jspecify.annotations.NullMarked;
