/** Key risk indicators: what is measured, how far it may go and what was observed. */
@NullMarked
package io.varve.events.kri;

import org.jspecify.annotations.NullMarked;
