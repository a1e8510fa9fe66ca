/** Commands on key risk indicators and their observations. */
@NullMarked
package io.varve.command.kri;

import org.jspecify.annotations.NullMarked;
