/** Where requests come in: who really sent them, and what a browser may do with the answers. */
@NullMarked
package io.varve.web.edge;

import org.jspecify.annotations.NullMarked;
