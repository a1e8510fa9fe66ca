/** What depends on several streams: scores of risks and severities of outcomes. */
@NullMarked
package io.varve.projections.posture;

import org.jspecify.annotations.NullMarked;
