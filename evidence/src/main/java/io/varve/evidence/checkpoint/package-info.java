/** What a log commits to at a size (C2SP tlog-checkpoint). */
@NullMarked
package io.varve.evidence.checkpoint;

import org.jspecify.annotations.NullMarked;
