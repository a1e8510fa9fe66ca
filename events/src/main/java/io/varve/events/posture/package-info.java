/** What the risk model adds up to: scores and severities, as pure functions. */
@NullMarked
package io.varve.events.posture;

import org.jspecify.annotations.NullMarked;
