/** Reading control catalogs of NIST's Open Security Controls Assessment Language, OSCAL 1. */
@NullMarked
package io.varve.command.control.oscal;

import org.jspecify.annotations.NullMarked;
