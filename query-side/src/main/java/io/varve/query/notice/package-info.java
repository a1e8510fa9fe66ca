/** Questions about what was noted of misuse. */
@NullMarked
package io.varve.query.notice;

import org.jspecify.annotations.NullMarked;
