/** The application: HTTP in front of the command side, the projections and the query side. */
@NullMarked
package io.varve.web;

import org.jspecify.annotations.NullMarked;
