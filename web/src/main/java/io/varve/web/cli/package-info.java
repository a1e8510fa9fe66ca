/** The command line: what {@code ./varve} starts. */
@NullMarked
package io.varve.web.cli;

import org.jspecify.annotations.NullMarked;
